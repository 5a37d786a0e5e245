import type { Source } from "../attribution/match.ts";
import type { Answer } from "../results.ts";

/** An answer, written, quoted or short, and what it cost. */
export type Spoken = {
  readonly text: string;
  /** Tokens that were evaluated before the answer began, and those of the answer. */
  readonly windowTokens: number;
  readonly tokens: number;
  readonly windowMs: number;
  readonly firstTokenMs: number;
  readonly answerMs: number;
  /** Why it stopped: the model was done, the limit came, or it went in circles. */
  readonly stop: "end" | "limit" | "loop";
};

/** An answer in a few words, and the passages that give it. */
export type Found = {
  readonly text: string;
  /** Probability (0 … 1) that the documents give it. */
  readonly confidence: number;
  readonly sources: readonly Source[];
};

/** An answer, and what is known of where it comes from. */
export type Response = {
  /** What the answer is made of; a question that no chunk answers in a few words is answered with passages. */
  readonly style: Answer["style"];
  readonly spoken: Spoken;
  /** Different answers, the likeliest first; only of short ones. */
  readonly found: readonly Found[];
  /** The passages that the answer was made of; undefined where they have to be looked for. */
  readonly sources: readonly Source[] | undefined;
};

/** An answer for which no window was evaluated: what was, counts as condensing. */
export function unwritten(text: string, windowMs: number): Spoken {
  return { text, windowTokens: 0, tokens: 0, windowMs, firstTokenMs: windowMs, answerMs: 0, stop: "end" };
}
