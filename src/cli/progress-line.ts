import type { EngineEvent } from "../engine/events.ts";
import { bytes, count, counted, duration } from "../format/quantity.ts";
import type { PullProgress } from "../model/sources/transfer.ts";
import type { SessionEvent } from "../session/events.ts";

type Stage = Extract<EngineEvent, { kind: "progress" }>;

const VERBS: Readonly<Record<Stage["stage"], string>> = {
  read: "read",
  condense: "condensed",
  compose: "composed",
  attribute: "checked",
  note: "noted",
};

/** "read 12,288 of 195,112 tokens, 410 tokens/s, 7 min left"; "of up to" and "at most" where fewer may do. */
export function stageLine(progress: Stage): string {
  const { stage, tokens, totalTokens, tokensPerSecond, secondsLeft, mayEndEarly } = progress;
  const [upTo, atMost] = mayEndEarly === true ? ["up to ", "at most "] : ["", ""];
  const rate = tokensPerSecond === undefined ? "" : `, ${count(tokensPerSecond)} tokens/s`;
  const left = secondsLeft === undefined ? "" : `, ${atMost}${duration(secondsLeft)} left`;
  return `${VERBS[stage]} ${count(tokens)} of ${upTo}${count(totalTokens)} tokens${rate}${left}`;
}

type Recognition = Extract<SessionEvent, { kind: "recognise" }>;

/** "scan.pdf: 12 pictures of text will be recognised (about 48 s, less where it was done before)". */
export function recognitionNotice({ path, pictures, secondsLeft }: Recognition): string {
  const cost = `about ${duration(secondsLeft)}, less where it was done before`;
  return `${path}: ${counted(pictures, "picture")} of text will be recognised (${cost})`;
}

/** "recognising scan.pdf: 3 of 12, about 36 s left". */
export function recognitionLine({ path, picture, pictures, secondsLeft }: Recognition): string {
  return `recognising ${path}: ${picture} of ${pictures}, about ${duration(secondsLeft)} left`;
}

const PHASES: Readonly<Record<PullProgress["phase"], string>> = {
  download: "pulled",
  join: "joined",
  verify: "verified",
};

/** "pulled 12 MB of 98 MB of smollm2-135m". */
export function pullLine(name: string, { phase, doneBytes, totalBytes }: PullProgress): string {
  const total = totalBytes === undefined ? "" : ` of ${bytes(totalBytes)}`;
  return `${PHASES[phase]} ${bytes(doneBytes)}${total} of ${name}`;
}
