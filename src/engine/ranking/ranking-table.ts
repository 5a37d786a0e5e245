import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import { pageAt } from "../../document/locate.ts";
import { order } from "./fuse.ts";

export type RankingTable = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  /** (nChunks) each. */
  readonly bm25: Float64Array;
  readonly relevance: Float64Array;
  readonly fused: Float64Array;
  /** Index of a chunk → its score; chunks that were not condensed are not there. */
  readonly scores: ReadonlyMap<number, number>;
  /** Indexes of the chunks in the window. */
  readonly chosen: readonly number[];
};

/** A line for each chunk that was condensed, best first: "1. report.pdf, page 47, chunk 12: words 8.31, retrieved 0.19, condensed 2.89, fused 3.10, in the window". */
export function rankingLines(table: RankingTable): string[] {
  const { documents, chunks, bm25, relevance, fused, scores, chosen } = table;
  const ranked = order(fused).filter((index) => scores.has(index));
  return ranked.flatMap((index, rank) => {
    const chunk = chunks[index];
    const source = documents[chunk?.document ?? -1];
    if (chunk === undefined || source === undefined) return [];
    const page = pageAt(source, chunk.start)?.number;
    const place = [source.path, ...(page === undefined ? [] : [`page ${page}`]), `chunk ${chunk.index}`];
    const figures = [
      ["words", bm25[index]],
      ["retrieved", relevance[index]],
      ["condensed", scores.get(index)],
      ["fused", fused[index]],
    ] as const;
    const told = figures.map(([name, value = 0]) => `${name} ${value.toFixed(2)}`);
    const isChosen = chosen.includes(index) ? ["in the window"] : [];
    return [`${rank + 1}. ${place.join(", ")}: ${[...told, ...isChosen].join(", ")}`];
  });
}
