import type { Chunk } from "../../document/chunk.ts";
import { type Document, textOf } from "../../document/document.ts";
import { contentWords } from "./words.ts";

/** Term frequency saturation and length normalisation of BM25 (Robertson & Zaragoza 2009, section 3.2). */
const K1 = 1.2;
const B = 0.75;

/** What one pass over the text tells about all chunks, without a forward pass. */
export type Skim = {
  /** (nChunks) BM25 of each chunk for the question; 0 where no question word occurs. */
  readonly scores: Float64Array;
  /** Inverse document frequency of a word over the chunks; 0 for a word that the documents do not have. */
  readonly idf: (form: string) => number;
};

/**
 * Ranks all chunks under the question by BM25 over text and heading. The index is not kept: document frequencies of
 * all words and the question words' counts come from one pass, so that memory grows with the vocabulary, not the text.
 */
export function skim(documents: readonly Document[], chunks: readonly Chunk[], question: string): Skim {
  const terms = [...new Set(contentWords(question).map((word) => word.form))];
  const counts = terms.map(() => new Uint16Array(chunks.length)); // (nTerms, nChunks)
  const termOf = new Map(terms.map((form, term) => [form, term]));
  const lengths = new Uint32Array(chunks.length);
  const frequencies = new Map<string, number>();
  for (const [i, chunk] of chunks.entries()) {
    const text = textOf(documents, chunk);
    const words = contentWords(`${chunk.heading}\n${text}`);
    lengths[i] = words.length;
    const seen = new Set<string>();
    for (const { form } of words) {
      seen.add(form);
      const count = counts[termOf.get(form) ?? -1];
      if (count !== undefined) count[i] = (count[i] ?? 0) + 1;
    }
    for (const form of seen) frequencies.set(form, (frequencies.get(form) ?? 0) + 1);
  }
  const idf = (form: string): number => {
    const frequency = frequencies.get(form);
    if (frequency === undefined) return 0;
    return Math.log(1 + (chunks.length - frequency + 0.5) / (frequency + 0.5));
  };
  return { scores: bm25({ counts, lengths, weights: terms.map(idf) }), idf };
}

type Counted = {
  readonly counts: readonly Uint16Array[];
  readonly lengths: Uint32Array;
  readonly weights: readonly number[];
};

function bm25({ counts, lengths, weights }: Counted): Float64Array {
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length) || 1;
  const scores = new Float64Array(lengths.length);
  for (const [term, count] of counts.entries()) {
    const weight = weights[term] ?? 0;
    for (let i = 0; i < scores.length; i += 1) {
      const frequency = count[i] ?? 0;
      if (frequency === 0) continue;
      const norm = K1 * (1 - B + (B * (lengths[i] ?? 0)) / mean);
      scores[i] = (scores[i] ?? 0) + (weight * frequency * (K1 + 1)) / (frequency + norm);
    }
  }
  return scores;
}
