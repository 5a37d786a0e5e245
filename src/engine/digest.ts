import { fill } from "../prompt/template.ts";
import type { Note } from "./merge.ts";
import type { SummarizeOptions } from "./options.ts";
import type { Passage } from "./passages.ts";
import { chooseSpread, type SpreadOptions } from "./spread.ts";
import { countWords } from "./summary.ts";
import { writeLine } from "./write-line.ts";

/** A writer that was told to keep to so many words is stopped at about twice the tokens that they usually take. */
export const TOKENS_PER_WORD = 3;
/** Passages of the window are words of the document; dense text takes so many tokens for each. */
const WINDOW_TOKENS_PER_WORD = 2;

export type DigestInput = {
  readonly passages: readonly Passage[];
  readonly textOf: (passage: Passage) => string;
  /** What the writer is told to look for. */
  readonly topic: string;
  readonly spread: SpreadOptions["spread"];
};

export type Digest = { readonly notes: readonly Note[]; readonly tokens: number };

/** Writes once: from the sentences that cover the document best, as many as the writer's window bears. */
export async function digest(input: DigestInput, options: SummarizeOptions): Promise<Digest> {
  const { prompts, mostWords, budgetTokens } = options;
  const chosen = chooseSpread(input.passages, {
    budget: Math.max(1, Math.floor(budgetTokens / WINDOW_TOKENS_PER_WORD)),
    spread: input.spread,
  }).flatMap((index) => input.passages[index] ?? []);
  const passages = chosen.map((passage) => input.textOf(passage)).join("\n");
  const values = { passages, topic: input.topic, words: String(mostWords) };
  const user = fill(prompts.digest, values);
  const { text, tokens } = await writeLine(user, mostWords * TOKENS_PER_WORD, options);
  const chunks = [...new Set(chosen.map(({ chunk }) => chunk))];
  const notes = countWords(text) === 0 ? [] : [{ text, chunks, part: chosen[0]?.part ?? 0, salience: 0 }];
  return { notes, tokens };
}
