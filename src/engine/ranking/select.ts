import type { Chunk } from "../../document/chunk.ts";
import { order } from "./fuse.ts";
import { contentWords, sharedWords } from "./words.ts";

export type Ranking = {
  /** (nChunks) each; higher is better. `condensed` is 0 for chunks that were not condensed. */
  readonly fused: Float64Array;
  readonly bm25: Float64Array;
  readonly condensed: Float64Array;
};

export type SelectOptions = {
  /** Tokens of the writer that the chosen chunks may take together. */
  readonly roomTokens: number;
  readonly costTokens: (chunk: Chunk) => number;
  readonly textOf: (chunk: Chunk) => string;
};

/** So many of the best of each list are always tried first: either list alone can collapse. */
const SURE_OF_EACH = 2;
/** Two chunks that share more of their words than this are copies; one of them is enough. */
const DUPLICATE_OVERLAP = 0.8;
/** After so many chunks that do not fit, looking on for smaller ones does not pay. */
const MISFITS = 8;

/**
 * Chooses chunks for the window: the best by the fused score, the two best of each list, the neighbours of the best,
 * then on by fused score until the room is used. Returns indexes in document order.
 */
export function select(chunks: readonly Chunk[], ranking: Ranking, options: SelectOptions): number[] {
  const chosen: { index: number; words: ReadonlySet<string> }[] = [];
  let room = options.roomTokens;
  let misfits = 0;
  for (const index of candidates(chunks, ranking)) {
    const chunk = chunks[index];
    if (chunk === undefined || misfits >= MISFITS) break;
    const cost = options.costTokens(chunk);
    if (cost > room) {
      misfits += 1;
      continue;
    }
    const words = new Set(contentWords(options.textOf(chunk)).map((word) => word.form));
    if (words.size === 0 || chosen.some((other) => sharedWords(other.words, words) > DUPLICATE_OVERLAP))
      continue;
    chosen.push({ index, words });
    room -= cost;
  }
  return chosen.map(({ index }) => index).sort((a, b) => a - b);
}

function candidates(chunks: readonly Chunk[], { fused, bm25, condensed }: Ranking): Set<number> {
  const byFused = order(fused);
  const best = byFused[0];
  const sure = [byFused, order(bm25), order(condensed)].flatMap((list) => list.slice(0, SURE_OF_EACH));
  const neighbours =
    best === undefined ? [] : [best + 1, best - 1].filter((i) => sameDocument(chunks, best, i));
  return new Set([...sure, ...neighbours, ...byFused]);
}

function sameDocument(chunks: readonly Chunk[], a: number, b: number): boolean {
  return chunks[b] !== undefined && chunks[a]?.document === chunks[b].document;
}
