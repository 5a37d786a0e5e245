import { UsageError } from "../../errors.ts";
import type { LanguageModel } from "../../model/language-model.ts";
import { fill } from "../../prompt/template.ts";
import type { SummarizeOptions } from "../options.ts";
import type { Note } from "./merge.ts";
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

/**
 * Writes once: from the sentences that cover the document best, as many as the writer's window bears. Throws UsageError
 * when request and summary exceed what the writer was trained on.
 */
export async function digest(input: DigestInput, options: SummarizeOptions): Promise<Digest> {
  const { prompts, mostWords, writer, onEvent } = options;
  const chosen = windowPassages(input, options);
  const passages = joined(chosen, input);
  const values = { passages, topic: input.topic, words: String(mostWords) };
  const answerTokens = mostWords * TOKENS_PER_WORD;
  const { text, tokens, stop } = await writeLine(fill(prompts.digest, values), answerTokens, options);
  if (stop === "room") throw noRoom(writer, passages, answerTokens);
  if (stop === "limit") {
    onEvent({
      kind: "warning",
      message: `the summary was cut off after ${answerTokens} tokens: see --length`,
    });
  }
  const chunks = [...new Set(chosen.map(({ chunk }) => chunk))];
  const notes = countWords(text) === 0 ? [] : [{ text, chunks, part: chosen[0]?.part ?? 0, salience: 0 }];
  return { notes, tokens };
}

/** The passages that fit into the writer's window. Choosing counts words, of which some texts have few: fewer, then. */
function windowPassages(input: DigestInput, { budgetTokens, writer }: SummarizeOptions): Passage[] {
  let budget = Math.max(1, Math.floor(budgetTokens / WINDOW_TOKENS_PER_WORD));
  for (;;) {
    const chosen = chooseSpread(input.passages, { budget, spread: input.spread }).flatMap(
      (index) => input.passages[index] ?? [],
    );
    const tokens = writer.tokenize(joined(chosen, input)).length;
    if (tokens <= budgetTokens || chosen.length <= 1 || budget === 1) return chosen;
    budget = Math.max(1, Math.min(budget - 1, Math.floor((budget * budgetTokens) / tokens)));
  }
}

function joined(chosen: readonly Passage[], { textOf }: DigestInput): string {
  return chosen.map((passage) => textOf(passage)).join("\n");
}

function noRoom(writer: LanguageModel, passages: string, answerTokens: number): UsageError {
  const tokens = writer.tokenize(passages).length;
  return new UsageError(
    `passages of ${tokens} tokens and a summary of up to ${answerTokens} exceed the ${writer.metadata.trainedContextTokens} tokens that ${writer.name} was trained on`,
    { hint: "use a smaller --budget, a shorter --length, or another writer" },
  );
}

/** Throws UsageError before anything is read when writing at once can never work. */
export function requireDigestRoom({ budgetTokens, mostWords, writer }: SummarizeOptions): void {
  const answerTokens = mostWords * TOKENS_PER_WORD;
  const trained = writer.metadata.trainedContextTokens;
  if (budgetTokens + answerTokens <= trained) return;
  throw new UsageError(
    `--budget ${budgetTokens} and a summary of ${mostWords} words (up to ${answerTokens} tokens) exceed the ${trained} tokens that ${writer.name} was trained on`,
    { hint: "use a smaller --budget, a shorter --length, another writer, or --depth quick" },
  );
}
