import type { Discovered } from "../document/discovered.ts";
import type { Coverage } from "../engine/results.ts";
import { KvStoreError } from "../errors.ts";
import { type Formats, formatterFor } from "../format/format.ts";
import { ANSWER_FORMATS, PLACES_FORMATS, READ_FORMATS, SUMMARY_FORMATS } from "../format/formats.ts";
import { answerJson, placesJson, readJson, summaryJson } from "../format/json.ts";
import { placesCount } from "../format/places.ts";
import { losses, receipt } from "../format/receipt.ts";
import type { OpenSessions } from "../session/open-sessions.ts";
import type { QuestionOptions, Session, SummaryOptions } from "../session/session.ts";
import type { JobWork, Outcome } from "./jobs.ts";

const PLAIN = { color: false, width: undefined };

/** What a tool does with a session; signal and listener are the job's. */
export type SessionWork = (
  session: Session,
  options: Pick<QuestionOptions, "signal" | "onEvent">,
) => Promise<Outcome>;

/** The work of a job on these documents. */
export function onSession(sessions: OpenSessions, found: Discovered, work: SessionWork): JobWork {
  return (signal, onEvent) => {
    const caller = { signal, onEvent };
    return sessions.use(found, caller, (session) => work(session, caller));
  };
}

export function asking(question: string, own: QuestionOptions): SessionWork {
  return async (session, options) => {
    const answer = await session.ask(question, { ...own, ...options });
    return { text: told(ANSWER_FORMATS, answer, answer.coverage), json: answerJson(answer) };
  };
}

export function finding(question: string): SessionWork {
  return async (session, options) => {
    const found = await session.find(question, options);
    const text = `${placesCount(found)}\n\n${told(PLACES_FORMATS, found, found.coverage)}`;
    return { text, json: placesJson(found) };
  };
}

export function summarizing(own: SummaryOptions): SessionWork {
  return async (session, options) => {
    const summary = await session.summarize({ ...own, ...options });
    return { text: told(SUMMARY_FORMATS, summary, summary.coverage), json: summaryJson(summary) };
  };
}

/** Throws KvStoreError where nothing that is read can be kept. */
export function reading(): SessionWork {
  return async (session, options) => {
    const result = await session.read(options);
    const { notStored } = session;
    if (notStored !== undefined) throw new KvStoreError(`the KV store cannot be written: ${notStored}`);
    const lines = [formatterFor(READ_FORMATS, "text")(result, PLAIN), ...losses(result.coverage)];
    return { text: lines.join("\n"), json: readJson(result) };
  };
}

/** As a person would read it, with what was read and what was not. */
function told<Result>(formats: Formats<Result>, result: Result, coverage: Coverage): string {
  const text = formatterFor(formats, "text")(result, PLAIN);
  return [text, receipt(coverage), ...losses(coverage)].join("\n");
}
