import type { Chunk } from "../../document/chunk.ts";
import { folded, plain } from "./fold.ts";
import { order } from "./fuse.ts";

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
/** After so many chunks that do not fit, looking on for smaller ones does not pay. */
const MISFITS = 8;

/**
 * Chooses chunks for the window: the best by the fused score, the two best of each list, the neighbours of the best,
 * then on by fused score until the room is used. Returns indexes in document order.
 */
export function select(chunks: readonly Chunk[], ranking: Ranking, options: SelectOptions): number[] {
  const chosen: number[] = [];
  const said = new Set<string>();
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
    const words = wording(options.textOf(chunk));
    const headed = `${chunk.heading}\n${words}`;
    if (words === "" || said.has(headed)) continue;
    said.add(headed);
    chosen.push(index);
    room -= cost;
  }
  return chosen.sort((a, b) => a - b);
}

/**
 * All words and numbers of a text in order, without case, accents, spaces and punctuation. Texts of one wording are
 * copies, of which one is enough; a number, a name or a "not" that differs may be what is asked for.
 */
function wording(text: string): string {
  const words = folded(plain(text)).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.join(" ");
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
