import type { Chunk } from "../../document/chunk.ts";
import { type Document, textOf } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import { sentences } from "../../document/sentences.ts";
import { eachWord, type Word } from "./words.ts";

/** Place of a word that stands in no sentence. */
export const NOWHERE = -1;

/**
 * Where each word of the chunks stands: one pass over text and headings, then any number of questions. Words are numbered
 * in the order of the text; it takes about 60 bytes a word.
 */
export class WordIndex {
  /** ISO 639-3 code of the language by which words are cut and stemmed. */
  readonly language: string;
  readonly nChunks: number;
  /** (nChunks) words of each chunk. */
  readonly lengths: Uint32Array;
  readonly #documents: readonly Document[];
  readonly #chunks: readonly Chunk[];
  /** (nWords) index of the chunk, and offset in its text or NOWHERE. */
  readonly #chunkOf: number[] = [];
  readonly #placeOf: number[] = [];
  /** Stem or exact word → numbers of the words that have it, in rising order. */
  readonly #stems = new Map<string, number[]>();
  readonly #exact = new Map<string, number[]>();
  /** Index of a chunk → where its sentences end; only of chunks that a question looked into. */
  readonly #sentenceEnds = new Map<number, Uint32Array>();

  constructor(documents: readonly Document[], chunks: readonly Chunk[]) {
    this.language = commonLanguage(documents);
    this.nChunks = chunks.length;
    this.lengths = new Uint32Array(chunks.length);
    this.#documents = documents;
    this.#chunks = chunks;
    for (const [i, chunk] of chunks.entries()) {
      const first = this.#chunkOf.length;
      eachWord(chunk.heading, this.language, (word) => this.#add(word, i, NOWHERE));
      const text = textOf(documents, chunk);
      eachWord(text, this.language, (word, at) => this.#add(word, i, at + word.start));
      this.lengths[i] = this.#chunkOf.length - first;
    }
  }

  /** Numbers of the words with this stem, in rising order. */
  ofStem(form: string): readonly number[] {
    return this.#stems.get(form) ?? [];
  }

  /** Numbers of the words that are written so, but for case and accents, in rising order. */
  ofExact(exact: string): readonly number[] {
    return this.#exact.get(exact) ?? [];
  }

  /** Visits each word as it is written, but for case and accents, with its numbers in rising order. */
  eachExact(visit: (exact: string, numbers: readonly number[]) => void): void {
    for (const [exact, numbers] of this.#exact) visit(exact, numbers);
  }

  /** Index of the chunk that a word stands in. */
  chunkOf(word: number): number {
    return this.#chunkOf[word] ?? 0;
  }

  /** A word's offset in its chunk's text; NOWHERE in a heading. */
  placeOf(word: number): number {
    return this.#placeOf[word] ?? NOWHERE;
  }

  /** In how many chunks a stem occurs. */
  chunksWith(form: string): number {
    let count = 0;
    let last = NOWHERE;
    for (const word of this.ofStem(form)) {
      const chunk = this.chunkOf(word);
      if (chunk !== last) count += 1;
      last = chunk;
    }
    return count;
  }

  /** (nSentences) where the sentences of a chunk's text end. */
  sentenceEnds(index: number): Uint32Array {
    const known = this.#sentenceEnds.get(index);
    if (known !== undefined) return known;
    const text = textOf(this.#documents, this.#chunks[index]);
    const ends = Uint32Array.from(sentences(text, { start: 0, end: text.length }), ({ end }) => end);
    this.#sentenceEnds.set(index, ends);
    return ends;
  }

  #add({ form, exact }: Word, chunk: number, place: number): void {
    const word = this.#chunkOf.length;
    this.#chunkOf.push(chunk);
    this.#placeOf.push(place);
    append(this.#stems, form, word);
    append(this.#exact, exact, word);
  }
}

function append(words: Map<string, number[]>, key: string, word: number): void {
  const found = words.get(key);
  if (found === undefined) words.set(key, [word]);
  else found.push(word);
}
