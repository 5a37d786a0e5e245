import { type Chunk, chunkDocument, chunkDocuments } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import { kept, keyOf, type Making } from "./kept.ts";
import { originOf } from "./parse-kept.ts";

/** What cuts texts into tokens; an opened model is one. */
export type Tokenizer = {
  /** Of the model file, in which the vocabulary lies. */
  readonly fingerprint: string;
  readonly backend: { readonly release: string };
  readonly tokenize: (text: string) => Uint32Array;
};

/**
 * Cuts all documents into chunks, in order, as `chunkDocuments` does; chunks of documents whose text is kept are kept with
 * it. Throws InputError when there is nothing to cut.
 */
export async function cutDocuments(
  documents: readonly Document[],
  tokenizer: Tokenizer,
  chunkTokens: number,
): Promise<Chunk[]> {
  const cut = documents.map((source, document) => cutDocument(source, tokenizer, { document, chunkTokens }));
  const chunks = (await Promise.all(cut)).flat();
  if (chunks.length > 0) return chunks;
  return chunkDocuments(documents, { chunkTokens, tokenize: (text) => tokenizer.tokenize(text) });
}

type Cutting = { readonly document: number; readonly chunkTokens: number };

async function cutDocument(
  source: Document,
  tokenizer: Tokenizer,
  { document, chunkTokens }: Cutting,
): Promise<Chunk[]> {
  const tokenize = (text: string): Uint32Array => tokenizer.tokenize(text);
  const make = (): Chunk[] => chunkDocument(source, { document, chunkTokens, tokenize });
  const origin = originOf(source);
  if (origin === undefined) return make();
  const { fingerprint, backend } = tokenizer;
  const key = await keyOf("chunks", origin.key, fingerprint, backend.release, chunkTokens);
  origin.keys.add(key);
  const making: Making<Chunk[]> = { isValue: (value) => areChunks(value, source.text.length), make };
  const chunks = await kept(origin.store, key, making);
  return chunks.map((chunk) => ({ ...chunk, document }));
}

/** Whether they tile a text of `length`. */
function areChunks(value: unknown, length: number): value is Chunk[] {
  if (!Array.isArray(value)) return false;
  let at = 0;
  for (const { start, end, tokens } of value as Partial<Chunk>[]) {
    if (start !== at || end === undefined || !ArrayBuffer.isView(tokens)) return false;
    at = end;
  }
  return at === length;
}
