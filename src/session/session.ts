import type { Evidence, Shown } from "../document/evidence/evidence.ts";
import { gatherEvidence } from "../document/evidence/gather.ts";
import { commonLanguage } from "../document/language.ts";
import { ask } from "../engine/ask.ts";
import { Corpus } from "../engine/corpus.ts";
import { extract } from "../engine/extract/extract.ts";
import type { Extraction } from "../engine/extract/extraction.ts";
import { parseSchema } from "../engine/extract/schema.ts";
import { find } from "../engine/find.ts";
import { carried, isFollowUp, type Turn } from "../engine/follow-up.ts";
import { type EngineInput, modelInfo } from "../engine/options.ts";
import { planRead } from "../engine/plan.ts";
import { readDocuments } from "../engine/read.ts";
import type { Answer, ModelInfo, Places, ReadPlan, ReadResult } from "../engine/results.ts";
import { rewrite } from "../engine/rewrite.ts";
import { summarize } from "../engine/summarize.ts";
import type { Summary } from "../engine/summary/summary.ts";
import { UsageError } from "../errors.ts";
import { wantsCandidates } from "./candidates.ts";
import type { Call, OpenedEngine } from "./engine.ts";
import type { SessionListener } from "./events.ts";
import {
  ASK_KEYS,
  type AskSettings,
  askSettings,
  CONDENSE_KEYS,
  type CondenseSettings,
  requireKnown,
  type SessionSettings,
  SUMMARY_KEYS,
  type SummarySettings,
  summarySettings,
} from "./settings.ts";
import type { ParsedSources } from "./sources.ts";
import { forDocuments } from "./summary-options.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Options of every call; what is not given is the session's. */
export type CallOptions = {
  /** Stops this call, not the session; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: SessionListener | undefined;
};

/** Settings that the question has of its own, by the names of the command line's settings. */
export type QuestionOptions = CallOptions & AskSettings;

/** How many chunks are judged for all places, or for items; all where neither this nor the session says. */
export type CondenseOptions = CallOptions & CondenseSettings;

export type SummaryOptions = CallOptions &
  SummarySettings & {
    /** What to look for; absent: what matters most. */
    readonly focus?: string | undefined;
  };

function requireQuestion(question: string): string {
  const asked = question.trim();
  if (asked !== "") return asked;
  throw new UsageError("the question is empty, expected words", { code: "usage.no-question" });
}

const CALL_OPTIONS = ["signal", "onEvent"];

/**
 * Documents and models, opened once and asked any number of times: parsed text, chunks, tokens, words, models, their
 * contexts and the KV store stay for the next question. Calls wait for one another. `close`, or `await using`, ends it.
 */
export class Session {
  readonly #parsed: ParsedSources;
  readonly #corpus: Corpus;
  readonly #engine: OpenedEngine;
  /** Milliseconds of opening: part of the first call's. */
  #loadMs: number;
  /** Ends when the calls so far have ended. */
  #last: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  /** Takes over the engine, which is closed with it; `loadMs` are what opening took. */
  constructor(parsed: ParsedSources, engine: OpenedEngine, loadMs: number) {
    this.#parsed = parsed;
    const skipped = parsed.skipped.map(({ path, reason }) => ({ path, reason }));
    this.#corpus = new Corpus(parsed.documents, skipped);
    this.#engine = engine;
    this.#loadMs = loadMs;
  }

  /** What is asked about; warnings of its parser are in it. */
  get documents(): ParsedSources["documents"] {
    return this.#parsed.documents;
  }

  /** What is not among the documents, and why; `named` where the caller named it. */
  get skipped(): ParsedSources["skipped"] {
    return this.#parsed.skipped;
  }

  get models(): { readonly reader: ModelInfo; readonly writer: ModelInfo } {
    const { reader, writer } = this.#engine.models;
    return { reader: modelInfo(reader), writer: modelInfo(writer) };
  }

  /** Why nothing is written to the KV store; undefined while it is, or where there is none. */
  get notStored(): string | undefined {
    return this.#engine.storeTrouble;
  }

  /** Answers a question. Throws UsageError for options that do not go together, ModelError, KvStoreError, the signal's reason. */
  async ask(question: string, options: QuestionOptions = {}): Promise<Answer> {
    const asked = requireQuestion(question);
    requireKnown(options, [...ASK_KEYS, ...CALL_OPTIONS]);
    const settings = askSettings(this.#engine.host.settings, options);
    wantsCandidates(settings);
    return this.#call(options, settings, async (call, input) => {
      const startMs = performance.now();
      const askOptions = await this.#engine.askOptions(call);
      const loadMs = input.loadMs + performance.now() - startMs;
      return ask({ ...input, loadMs, question: asked }, askOptions);
    });
  }

  /** How questions are answered, where "auto" is asked for. Throws as `ask` does. */
  async answerStyle(options: QuestionOptions = {}): Promise<Answer["style"]> {
    requireKnown(options, [...ASK_KEYS, ...CALL_OPTIONS]);
    const settings = askSettings(this.#engine.host.settings, options);
    return this.#call(options, settings, async (call) => (await this.#engine.askOptions(call)).answerStyle);
  }

  /**
   * A question that can be understood without the turn before it. A follow-up ("and in 2023?") is rewritten by the writer
   * where answers are written, and otherwise, or where what it writes will not do, carries the words of the question
   * before; any other question stays as it is. Throws as `ask` does.
   */
  async wholeQuestion(question: string, before: Turn, options: QuestionOptions = {}): Promise<string> {
    const asked = requireQuestion(question);
    requireKnown(options, [...ASK_KEYS, ...CALL_OPTIONS]);
    const language = commonLanguage(this.documents);
    if (!isFollowUp(asked, language)) return asked;
    const settings = askSettings(this.#engine.host.settings, options);
    const written = await this.#call(options, settings, async (call) => {
      const askOptions = await this.#engine.askOptions(call);
      if (askOptions.answerStyle !== "write") return undefined;
      return rewrite({ question: asked, before, language }, askOptions);
    });
    return written ?? carried(asked, before.question, language);
  }

  /** Finds every passage that answers, in document order. Throws as `ask` does, and UsageError for a reader without a condenser. */
  async find(question: string, options: CondenseOptions = {}): Promise<Places> {
    const asked = requireQuestion(question);
    requireKnown(options, [...CONDENSE_KEYS, ...CALL_OPTIONS]);
    const settings = askSettings(this.#engine.host.settings, options);
    return this.#call(options, settings, async (call, input) =>
      find({ ...input, question: asked }, await this.#engine.findOptions(call)),
    );
  }

  /** Summarises all documents as one. Throws as `ask` does. */
  async summarize(options: SummaryOptions = {}): Promise<Summary> {
    requireKnown(options, [...SUMMARY_KEYS, ...CALL_OPTIONS, "focus"]);
    const focus = options.focus?.trim() || undefined;
    const settings = summarySettings(this.#engine.host.settings, options);
    return this.#call(options, settings, async (call, input) => {
      const startMs = performance.now();
      const summarizeOptions = await this.#engine.summarizeOptions(call, focus);
      const loadMs = input.loadMs + performance.now() - startMs;
      return summarize({ ...input, loadMs, focus }, forDocuments(summarizeOptions, this.documents));
    });
  }

  /**
   * Extracts items by a JSON Schema of an object, parsed JSON. Throws as `find` does, and UsageError for a part of the schema
   * that is not understood and for a writer that is too small.
   */
  async extract(schema: unknown, options: CondenseOptions = {}): Promise<Extraction> {
    const items = parseSchema(schema);
    requireKnown(options, [...CONDENSE_KEYS, ...CALL_OPTIONS]);
    const settings = askSettings(this.#engine.host.settings, options);
    return this.#call(options, settings, async (call, input) =>
      extract({ ...input, schema: items }, await this.#engine.extractOptions(call)),
    );
  }

  /** Draws what citations stand on: pages of PDFs with the quotes marked, otherwise the text around them. */
  async evidence(citations: readonly Shown[], options: CallOptions = {}): Promise<Evidence> {
    const { settings } = this.#engine.host;
    const { documents, bytesOf } = this.#parsed;
    return this.#call(options, settings, ({ signal }) =>
      gatherEvidence(citations, {
        documents,
        password: settings.password,
        signal,
        bytesOf: (path) => bytesOf(path, signal),
      }),
    );
  }

  /** Fills the KV store with all chunks, so that no question has to. */
  async read(options: CallOptions = {}): Promise<ReadResult> {
    const { settings } = this.#engine.host;
    return this.#call(options, settings, (call, input) =>
      readDocuments(input, this.#engine.readOptions(call)),
    );
  }

  /** What `read` would take. */
  async planRead(options: CallOptions = {}): Promise<ReadPlan> {
    const { settings } = this.#engine.host;
    return this.#call(options, settings, (call, input) => planRead(input, this.#engine.readOptions(call)));
  }

  /** Frees the models, when the calls so far have ended; the session takes no more. */
  async close(): Promise<void> {
    this.#closing ??= this.#last.then(() => this.#engine[Symbol.asyncDispose]());
    await this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** One after another: contexts and counters are one call's at a time. A call that is stopped while it waits ends at once. */
  async #call<Result>(
    { signal, onEvent }: CallOptions,
    settings: SessionSettings,
    work: (call: Call, input: EngineInput) => Promise<Result>,
  ): Promise<Result> {
    if (this.#closing !== undefined) {
      throw new UsageError("the session is closed", { hint: "open the documents again: openDocuments" });
    }
    const { host } = this.#engine;
    const call = {
      settings,
      signal: signal === undefined ? host.signal : AbortSignal.any([host.signal, signal]),
      onEvent: onEvent ?? host.onEvent,
    };
    const before = this.#last;
    const result = before.then(() => {
      call.signal.throwIfAborted();
      const input = { corpus: this.#corpus, loadMs: this.#loadMs };
      this.#loadMs = 0;
      return work(call, input);
    });
    this.#last = result.catch(() => this.#engine.closeContexts()).catch(() => undefined);
    await unlessAborted(before, call.signal);
    return result;
  }
}
