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
  /** All chunks of the documents, as they were cut; what are not all is added to what the store knows of them. */
  readonly all: readonly Chunk[];
};

/** Notes in the store which chunks each document has, for `focus cache`. */
export async function recordRead(
  { documents, chunks, model, all }: ReadChunks,
  { store, keyOf }: Reading,
): Promise<void> {
  const areAll = new Set(chunks).size === all.length;
  for (const [document, source] of documents.entries()) {
    const { path, title, leftOutPages } = source;
    const isOfPages = leftOutPages !== undefined;
    const own = chunks.filter((chunk) => chunk.document === document);
    if (own.length === 0) continue;
    const whole = all.filter((chunk) => chunk.document === document);
    const read = {
      path,
      title,
      model,
      tokens: totalTokens(whole),
      allChunks: whole.length,
      chunkKeys: own.map((chunk) => keyOf(chunk)),
      textKeys: textKeysOf(source),
      isOfPages,
    };
    await (areAll && !isOfPages ? store?.recordDocument(read) : store?.addToDocument(read));
  }
}
