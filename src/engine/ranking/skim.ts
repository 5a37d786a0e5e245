import { bm25, EXACT_WEIGHT, inverseFrequency } from "./bm25.ts";
import { NOWHERE, type WordIndex } from "./word-index.ts";
import { contentWords, type Word } from "./words.ts";

/** What the words of all chunks tell about a question, without a forward pass. */
export type Skim = {
  /** (nChunks) BM25 of each chunk for the question; 0 where no question word occurs. */
  readonly scores: Float64Array;
  /** Inverse document frequency of a stem over the chunks; 0 for a word that the documents do not have. */
  readonly idf: (form: string) => number;
};

/** Ranks all chunks under the question by BM25 over text and heading, by stems and by exact words. */
export function skim(index: WordIndex, question: string): Skim {
  const { nChunks, lengths } = index;
  const terms = termsOf(contentWords(question, index.language), index);
  const counts = terms.map(({ words }) => {
    const ofTerm = new Uint16Array(nChunks);
    for (const word of words) ofTerm[index.chunkOf(word)] = (ofTerm[index.chunkOf(word)] ?? 0) + 1;
    return ofTerm;
  });
  const hits = hitsOf(terms, index);
  const sentences = Array.from({ length: nChunks }, (_, i) => termsOfSentences(i, hits.get(i) ?? [], index));
  const weights = terms.map(({ weight }) => weight);
  const idf = (form: string): number => inverseFrequency(index.chunksWith(form), nChunks);
  return { scores: bm25({ counts, weights, lengths, sentences }), idf };
}

/** A stem or an exact word of the question, and the numbers of the words that are it. */
type Term = { readonly words: readonly number[]; readonly weight: number };

/** All stems, then all exact words. */
function termsOf(asked: readonly Word[], index: WordIndex): Term[] {
  const stems = [...new Set(asked.map(({ form }) => form))];
  const exact = [...new Set(asked.map((word) => word.exact))];
  return [
    ...stems.map((form) => ({ words: index.ofStem(form), weight: 1 })),
    ...exact.map((written) => ({ words: index.ofExact(written), weight: EXACT_WEIGHT })),
  ];
}

type Hit = { readonly term: number; readonly word: number };

/** Index of a chunk → the words of its sentences that are terms, in the order of the text. */
function hitsOf(terms: readonly Term[], index: WordIndex): ReadonlyMap<number, readonly Hit[]> {
  const found = new Map<number, Hit[]>();
  for (const [term, { words }] of terms.entries()) {
    for (const word of words) {
      if (index.placeOf(word) === NOWHERE) continue;
      const chunk = index.chunkOf(word);
      const ofChunk = found.get(chunk);
      if (ofChunk === undefined) found.set(chunk, [{ term, word }]);
      else ofChunk.push({ term, word });
    }
  }
  for (const ofChunk of found.values()) ofChunk.sort((a, b) => a.word - b.word || a.term - b.term);
  return found;
}

/** The terms of each sentence of a chunk that has any. */
function termsOfSentences(chunk: number, hits: readonly Hit[], index: WordIndex): ReadonlySet<number>[] {
  const [first] = hits;
  if (first === undefined) return [];
  const start = index.placeOf(first.word);
  if (hits.every(({ word }) => index.placeOf(word) === start)) {
    return [new Set(hits.map(({ term }) => term))];
  }
  const found: Set<number>[] = [];
  let at = 0;
  for (const end of index.sentenceEnds(chunk)) {
    const terms = new Set<number>();
    for (let hit = hits[at]; hit !== undefined && index.placeOf(hit.word) < end; hit = hits[at]) {
      terms.add(hit.term);
      at += 1;
    }
    if (terms.size > 0) found.push(terms);
  }
  return found;
}
