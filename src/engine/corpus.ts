import type { Chunk } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import type { LanguageModel } from "../model/language-model.ts";
import { cutDocuments } from "../texts/cut-documents.ts";
import { WindowVectors } from "./ranking/window-vectors.ts";
import { WordIndex } from "./ranking/word-index.ts";
import type { WordVectors } from "./ranking/word-vectors.ts";
import type { Skipped } from "./results.ts";

/** Parsed documents and what follows from them alone, kept for every question: chunks, their tokens, their words. */
export class Corpus {
  readonly documents: readonly Document[];
  /** What was named, or lay in a folder that was, and is not among the documents. */
  readonly skipped: readonly Skipped[];
  /** Model and size → chunks. */
  readonly #chunks = new Map<string, Promise<readonly Chunk[]>>();
  readonly #words = new WeakMap<readonly Chunk[], WordIndex>();
  readonly #windows = new WeakMap<readonly Chunk[], WindowVectors>();

  constructor(documents: readonly Document[], skipped: readonly Skipped[] = []) {
    this.documents = documents;
    this.skipped = skipped;
  }

  /** All documents, cut by the model's tokens. Throws InputError when there is nothing to cut. */
  async chunks(model: LanguageModel, chunkTokens: number): Promise<readonly Chunk[]> {
    const key = `${model.fingerprint} ${chunkTokens}`;
    const chunks = this.#chunks.get(key) ?? cutDocuments(this.documents, model, chunkTokens);
    this.#chunks.set(key, chunks);
    return chunks;
  }

  /** Where each word of chunks of this corpus stands. */
  words(chunks: readonly Chunk[]): WordIndex {
    const words = this.#words.get(chunks) ?? new WordIndex(this.documents, chunks);
    this.#words.set(chunks, words);
    return words;
  }

  /** The vectors of the windows of words of chunks of this corpus; `vectors` are those of the reader by which they were cut. */
  windows(chunks: readonly Chunk[], vectors: WordVectors): WindowVectors {
    const windows = this.#windows.get(chunks) ?? new WindowVectors(this.words(chunks), vectors);
    this.#windows.set(chunks, windows);
    return windows;
  }
}
