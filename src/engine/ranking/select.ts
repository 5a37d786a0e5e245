import type { Chunk } from "../../document/chunk.ts";
import { Families } from "./family.ts";
import { folded, plain } from "./fold.ts";
import { order } from "./fuse.ts";

export type Ranking = {
  /** (nChunks) each; higher is better. `condensed` is -Infinity for chunks that were not condensed. */
  readonly fused: Float64Array;
  readonly relevance: Float64Array;
  readonly condensed: Float64Array;
};

export type SelectOptions = {
  /** Tokens of the writer that the chosen chunks may take together. */
  readonly roomTokens: number;
  readonly costTokens: (chunk: Chunk) => number;
  readonly textOf: (chunk: Chunk) => string;
};

/**
 * So many of the best of each list are always tried first: either list alone can collapse. Evidence in 2,048 tokens of
 * chunks of 512, 111 questions of 13 sets (bench/ask.mjs; the same on either half of the sets): none 95.1 %, one 95.4, two
 * 94.2; with one, the neighbours of the best chunk as well 93.0.
 */
const SURE_OF_EACH = 1;
/** After so many chunks that do not fit, looking on for smaller ones does not pay. */
const MISFITS = 8;

/**
 * Chooses chunks for the window: the best by the fused score and of each list, then on by fused score until the room is used. A chunk that differs little from one that is chosen brings the one of
 * their family that stands out most. Returns indexes in document order.
 */
export function select(chunks: readonly Chunk[], ranking: Ranking, options: SelectOptions): number[] {
  const window = new Filling(chunks, options);
  const families = new Families(order(ranking.fused), (index) => {
    const chunk = chunks[index];
    return chunk === undefined ? "" : options.textOf(chunk);
  });
  for (const index of trialOrder(ranking)) {
    if (window.misfits >= MISFITS) break;
    const before = [...window.chosen];
    if (!window.take(index) || !families.areRelated(index, before)) continue;
    window.take(families.standout(index, window.chosen));
  }
  return window.chosen.toSorted((a, b) => a - b);
}

/** The chosen chunks, and what is left of the room. */
class Filling {
  readonly chosen: number[] = [];
  misfits = 0;
  readonly #said = new Set<string>();
  readonly #chunks: readonly Chunk[];
  readonly #options: SelectOptions;
  #room: number;

  constructor(chunks: readonly Chunk[], options: SelectOptions) {
    this.#chunks = chunks;
    this.#options = options;
    this.#room = options.roomTokens;
  }

  /** Takes a chunk that fits and is no copy; false when it does not. */
  take(index: number | undefined): boolean {
    const chunk = this.#chunks[index ?? -1];
    if (index === undefined || chunk === undefined || this.chosen.includes(index)) return false;
    const cost = this.#options.costTokens(chunk);
    if (cost > this.#room) {
      this.misfits += 1;
      return false;
    }
    const words = wording(this.#options.textOf(chunk));
    const headed = `${chunk.heading}\n${words}`;
    if (words === "" || this.#said.has(headed)) return false;
    this.#said.add(headed);
    this.chosen.push(index);
    this.#room -= cost;
    return true;
  }
}

/**
 * All words and numbers of a text in order, without case, accents, spaces and punctuation. Texts of one wording are
 * copies, of which one is enough; a number, a name or a "not" that differs may be what is asked for.
 */
function wording(text: string): string {
  const words = folded(plain(text)).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.join(" ");
}

/** Indexes in the order in which they are tried for the window. */
export function trialOrder({ fused, relevance, condensed }: Ranking): Set<number> {
  const byFused = order(fused);
  const sure = [byFused, order(relevance), order(condensed)].flatMap((list) => list.slice(0, SURE_OF_EACH));
  return new Set([...sure, ...byFused]);
}
