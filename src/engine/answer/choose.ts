import type { Chunk } from "../../document/chunk.ts";
import { textOf } from "../../document/document.ts";
import { UsageError } from "../../errors.ts";
import type { AskOptions } from "../options.ts";
import { type Ranking, type SelectOptions, select } from "../ranking/select.ts";
import { contentWords } from "../ranking/words.ts";
import { compose, type WindowInput } from "./window.ts";

export type ChooseInput = Pick<Ranking, "fused" | "relevance"> & {
  /** Index of a chunk → its score; chunks that were not condensed are not there. */
  readonly scores: ReadonlyMap<number, number>;
  /** Tokens of the writer that the chosen chunks may take; 0 where no window is wanted. */
  readonly roomTokens: number;
};

/**
 * Indexes of the chunks for the window, in document order. Throws UsageError when the window has room, but not for any
 * chunk that has words.
 */
export function choose(asked: WindowInput, input: ChooseInput, options: AskOptions): number[] {
  const { documents, chunks } = asked;
  const { fused, relevance, scores, roomTokens } = input;
  if (roomTokens === 0) return [];
  const ofChunk = (chunk: Chunk): string => textOf(documents, chunk);
  const costTokens = (chunk: Chunk): number => options.writer.tokenize(ofChunk(chunk)).length;
  const condensed = Float64Array.from(chunks, (_, i) => scores.get(i) ?? Number.NEGATIVE_INFINITY);
  const wanted = { roomTokens, costTokens, textOf: ofChunk };
  const chosen = select(chunks, { fused, relevance, condensed }, wanted);
  if (chosen.length === 0) requireOne(chunks, wanted, options);
  const isWritten = options.candidates === undefined && options.answerStyle === "write";
  return isWritten ? fitting(chosen, { asked, fused }, options) : chosen;
}

/** Chunks are cut by the reader's tokens; another writer may need more for the same text. */
function requireOne(
  chunks: readonly Chunk[],
  { roomTokens, costTokens, textOf: ofChunk }: SelectOptions,
  { budgetTokens, writer }: AskOptions,
): void {
  const costs = chunks.filter((chunk) => contentWords(ofChunk(chunk)).length > 0).map(costTokens);
  if (costs.length === 0) return;
  const least = costs.reduce((a, b) => Math.min(a, b));
  if (least <= roomTokens) return;
  throw new UsageError(
    `--budget ${budgetTokens} leaves ${roomTokens} tokens to passages, and the smallest chunk takes ${least} of ${writer.name}'s`,
    { hint: `use --budget ${budgetTokens + least - roomTokens} or more, or a smaller --chunk` },
  );
}

type Fitting = Pick<ChooseInput, "fused"> & { readonly asked: WindowInput };

/** Hints, and what separates passages and says where they are from, take tokens as well: the lowest go until all fits. */
function fitting(
  chosen: readonly number[],
  { asked, fused }: Fitting,
  { budgetTokens }: AskOptions,
): number[] {
  const best = chosen.toSorted((a, b) => (fused[b] ?? 0) - (fused[a] ?? 0));
  for (;;) {
    const kept = best.toSorted((a, b) => a - b);
    const { length: tokens } = compose(asked, kept).tokens;
    if (tokens <= budgetTokens || best.length <= 1) return kept;
    const share = Math.floor((best.length * budgetTokens) / tokens);
    best.length = Math.max(1, Math.min(best.length - 1, share));
  }
}
