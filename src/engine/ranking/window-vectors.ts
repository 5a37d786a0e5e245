import type { WordIndex } from "./word-index.ts";
import { addTo, dot, type WordVectors } from "./word-vectors.ts";

/** Content words of half a window: windows of 30 overlap by half. Those that training knows have 10 to 60 (training/embedding_data.py). */
const HALF = 15;

/**
 * Vectors of the chunks' windows of words, for finding what is said in other words than the question's: one pass over the words, then any
 * number of questions. A window is two halves that follow each other in a chunk; it takes 34 bytes a word at 128 dimensions.
 */
export class WindowVectors {
  readonly #nDimensions: number;
  /** (nChunks + 1) halves before each chunk; every chunk has one at least. */
  readonly #firstHalf: Uint32Array;
  /** (nHalves, nDimensions) sums of their words. */
  readonly #halves: Float32Array;
  /** (nHalves) length of the window that begins with a half; 0 where none does. */
  readonly #lengths: Float32Array;

  constructor(index: WordIndex, vectors: WordVectors) {
    this.#nDimensions = vectors.nDimensions;
    this.#firstHalf = firstHalves(index.lengths);
    const nHalves = this.#firstHalf.at(-1) ?? 0;
    this.#halves = sumsOf(index, vectors, this.#firstHalf);
    this.#lengths = new Float32Array(nHalves);
    this.#eachWindow((half, isPair) => {
      const sum = this.#half(half).slice();
      if (isPair) addTo(sum, this.#half(half + 1));
      this.#lengths[half] = Math.sqrt(dot(sum, sum));
    });
  }

  /** (nChunks) cosine of a question's vector and the window of each chunk that is nearest to it; -1 for a chunk without words. */
  similarities(questionVector: Float32Array): Float64Array {
    const nearest = new Float64Array(this.#firstHalf.length - 1).fill(-1);
    const dots = Float32Array.from(this.#lengths, (_, half) => dot(questionVector, this.#half(half)));
    this.#eachWindow((half, isPair, chunk) => {
      const length = this.#lengths[half] ?? 0;
      if (length === 0) return;
      const cosine = ((dots[half] ?? 0) + (isPair ? (dots[half + 1] ?? 0) : 0)) / length;
      nearest[chunk] = Math.max(nearest[chunk] ?? -1, cosine);
    });
    return nearest;
  }

  #half(half: number): Float32Array {
    return this.#halves.subarray(half * this.#nDimensions, (half + 1) * this.#nDimensions);
  }

  /** The last half of a chunk is a window of its own only where it is its first as well. */
  #eachWindow(visit: (half: number, isPair: boolean, chunk: number) => void): void {
    for (let chunk = 0; chunk + 1 < this.#firstHalf.length; chunk += 1) {
      const [first, end] = [this.#firstHalf[chunk] ?? 0, this.#firstHalf[chunk + 1] ?? 0];
      const isOne = end - first === 1;
      for (let half = first; half < (isOne ? end : end - 1); half += 1) visit(half, !isOne, chunk);
    }
  }
}

function firstHalves(lengths: Uint32Array): Uint32Array {
  const first = new Uint32Array(lengths.length + 1);
  for (const [i, length] of lengths.entries()) {
    first[i + 1] = (first[i] ?? 0) + Math.max(1, Math.ceil(length / HALF));
  }
  return first;
}

/** Each word is added to the half that it stands in. */
function sumsOf(index: WordIndex, vectors: WordVectors, firstHalf: Uint32Array): Float32Array {
  const { nDimensions } = vectors;
  const sums = new Float32Array((firstHalf.at(-1) ?? 0) * nDimensions);
  const firstWord = new Uint32Array(index.nChunks + 1);
  for (const [i, length] of index.lengths.entries()) firstWord[i + 1] = (firstWord[i] ?? 0) + length;
  const words: [exact: string, numbers: readonly number[]][] = [];
  index.eachExact((exact, numbers) => words.push([exact, numbers]));
  let at = 0;
  for (const vector of vectors.ofWords(words.map(([exact]) => exact))) {
    for (const word of words[at]?.[1] ?? []) {
      const chunk = index.chunkOf(word);
      const half = (firstHalf[chunk] ?? 0) + Math.floor((word - (firstWord[chunk] ?? 0)) / HALF);
      addTo(sums, vector, half * nDimensions);
    }
    at += 1;
  }
  return sums;
}
