import { sentences } from "../document/sentences.ts";
import { fill, partBefore } from "../prompt/template.ts";
import type { Citation } from "./answer.ts";
import { cite } from "./cite.ts";
import type { Asked } from "./compose.ts";
import { totalTokens } from "./coverage.ts";
import { match } from "./match.ts";
import type { AskOptions } from "./options.ts";
import { StageProgress } from "./progress.ts";
import { openReading } from "./reading.ts";
import { claims, support } from "./support.ts";
import { judge } from "./verdict.ts";

export type AttributeInput = Asked & {
  readonly answer: string;
  /** Indexes of the chunks that the answer was made from. */
  readonly chosen: readonly number[];
  readonly idf: (form: string) => number;
};

export type Attributed = {
  readonly citations: readonly Citation[];
  readonly verdict: "answered" | "absent";
  /** Tokens that the reader evaluated for it. */
  readonly tokens: number;
};

/**
 * Finds for each sentence of the answer the passage that bears it out, by likelihood and by matching words, and judges
 * from that whether the documents answer at all.
 */
export async function attribute(input: AttributeInput, options: AskOptions): Promise<Attributed> {
  const { answer, question, chunks, chosen } = input;
  const { reader, prompts, onEvent } = options;
  const spans = sentences(answer, { start: 0, end: answer.length });
  const before = fill(partBefore(prompts.support, "answer"), { question });
  const all = claims(reader, before, { answer, sentences: spans });
  const localTokens = Math.max(0, ...all.map(({ tokens }) => tokens.length));
  const reading = await openReading(reader, { ...options, prefix: prompts.prefix, localTokens });
  await using pool = reading.pool;
  const used = chosen.map((index) => chunks[index]).filter((chunk) => chunk !== undefined);
  const total = totalTokens(used) + used.length * all.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const progress = new StageProgress("attribute", total, onEvent);
  const supports = await support({ chunks, chosen, claims: all, progress }, reading);
  const attributions = match({ ...input, supports });
  const verdict = judge({ ...input, attributions });
  return { citations: cite(attributions, input), verdict, tokens: pool.evaluatedTokens };
}
