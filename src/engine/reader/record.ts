import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import { textKeysOf } from "../../texts/parse-kept.ts";
import { totalTokens } from "../receipt/coverage.ts";
import type { Reading } from "./reading.ts";

export type ReadChunks = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  /** Name of the model that read them. */
  readonly model: string;
  /** Whether these are all chunks of the documents; some are added to what the store knows of them. */
  readonly areAll: boolean;
};

/** Notes in the store which chunks each document has, for `focus cache`. */
export async function recordRead(
  { documents, chunks, model, areAll }: ReadChunks,
  { store, keyOf }: Reading,
): Promise<void> {
  for (const [document, source] of documents.entries()) {
    const { path, title, leftOutPages } = source;
    const isOfPages = leftOutPages !== undefined;
    const own = chunks.filter((chunk) => chunk.document === document);
    const read = {
      path,
      title,
      model,
      tokens: totalTokens(own),
      chunkKeys: own.map((chunk) => keyOf(chunk)),
      textKeys: textKeysOf(source),
      isOfPages,
    };
    await (areAll && !isOfPages ? store?.recordDocument(read) : store?.addToDocument(read));
  }
}
