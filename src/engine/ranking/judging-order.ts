import type { Chunk } from "../../document/chunk.ts";
import { isOfIndex } from "../../document/contents.ts";
import type { Document } from "../../document/document.ts";
import { order } from "./fuse.ts";

type Searched = { readonly documents: readonly Document[]; readonly chunks: readonly Chunk[] };

/**
 * Indexes of the `most` chunks that are judged, best first by `relevance` (nChunks). Those of a table of contents or an index come last:
 * they have the question's words, and name what the document says elsewhere.
 */
export function judgingOrder(
  relevance: Float64Array,
  { documents, chunks }: Searched,
  most: number,
): number[] {
  const best = order(relevance).slice(0, most);
  const isIndex = (index: number): boolean => {
    const chunk = chunks[index];
    const document = documents[chunk?.document ?? -1];
    return chunk !== undefined && document !== undefined && isOfIndex(document, chunk);
  };
  const isNaming = new Set(best.filter(isIndex));
  return [...best.filter((index) => !isNaming.has(index)), ...isNaming];
}
