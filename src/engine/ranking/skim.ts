import type { Chunk } from "../../document/chunk.ts";
import { type Document, textOf } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import { sentences } from "../../document/sentences.ts";
import { bm25, EXACT_WEIGHT, inverseFrequency } from "./bm25.ts";
import { contentWords, eachWord, type Word } from "./words.ts";

/** What one pass over the text tells about all chunks, without a forward pass. */
export type Skim = {
  /** (nChunks) BM25 of each chunk for the question; 0 where no question word occurs. */
  readonly scores: Float64Array;
  /** Inverse document frequency of a stem over the chunks; 0 for a word that the documents do not have. */
  readonly idf: (form: string) => number;
};

/**
 * Ranks all chunks under the question by BM25 over text and heading, by stems and by exact words. The index is not
 * kept: document frequencies of all stems and the question's counts come from one pass, so that memory grows with the
 * vocabulary, not the text.
 */
export function skim(documents: readonly Document[], chunks: readonly Chunk[], question: string): Skim {
  const language = commonLanguage(documents);
  const terms = termsOf(contentWords(question, language));
  const counts = terms.weights.map(() => new Uint16Array(chunks.length)); // (nTerms, nChunks)
  const lengths = new Uint32Array(chunks.length);
  const seen = new ChunkFrequencies();
  const ofSentences = chunks.map((chunk, i) => {
    const text = textOf(documents, chunk);
    const hits: Hit[] = [];
    const count = (word: Word, place: number): void => {
      seen.count(word.form, i);
      lengths[i] = (lengths[i] ?? 0) + 1;
      for (const term of [terms.stems.get(word.form), terms.exact.get(word.exact)]) {
        const ofTerm = counts[term ?? -1];
        if (term === undefined || ofTerm === undefined) continue;
        ofTerm[i] = (ofTerm[i] ?? 0) + 1;
        if (place >= 0) hits.push({ term, start: place });
      }
    };
    eachWord(chunk.heading, language, (word) => count(word, NOWHERE));
    eachWord(text, language, (word, at) => count(word, at + word.start));
    return termsOfSentences(text, hits);
  });
  const idf = (form: string): number => inverseFrequency(seen.of(form), chunks.length);
  return { scores: bm25({ counts, weights: terms.weights, lengths, sentences: ofSentences }), idf };
}

/** Place of a word that stands in no sentence. */
const NOWHERE = -1;

/** In how many chunks a stem occurs. Chunks are counted one after another. */
class ChunkFrequencies {
  readonly #found = new Map<string, { chunks: number; last: number }>();

  count(form: string, chunk: number): void {
    const found = this.#found.get(form);
    if (found === undefined) this.#found.set(form, { chunks: 1, last: chunk });
    else if (found.last !== chunk) {
      found.chunks += 1;
      found.last = chunk;
    }
  }

  of(form: string): number {
    return this.#found.get(form)?.chunks ?? 0;
  }
}

/** The question's words as terms: all stems, then all exact words. */
type Terms = {
  readonly stems: ReadonlyMap<string, number>;
  readonly exact: ReadonlyMap<string, number>;
  /** (nTerms) */
  readonly weights: readonly number[];
};

function termsOf(words: readonly Word[]): Terms {
  const stems = [...new Set(words.map(({ form }) => form))];
  const exact = [...new Set(words.map((word) => word.exact))];
  return {
    stems: new Map(stems.map((form, term) => [form, term])),
    exact: new Map(exact.map((form, term) => [form, stems.length + term])),
    weights: [...stems.map(() => 1), ...exact.map(() => EXACT_WEIGHT)],
  };
}

type Hit = { readonly term: number; readonly start: number };

/** The terms of each sentence that has any; hits are in order of place. */
function termsOfSentences(text: string, hits: readonly Hit[]): ReadonlySet<number>[] {
  const first = hits[0]?.start;
  if (first === undefined) return [];
  if (hits.every(({ start }) => start === first)) return [new Set(hits.map(({ term }) => term))];
  const found: Set<number>[] = [];
  let at = 0;
  for (const { end } of sentences(text, { start: 0, end: text.length })) {
    const terms = new Set<number>();
    for (let hit = hits[at]; hit !== undefined && hit.start < end; hit = hits[at]) {
      terms.add(hit.term);
      at += 1;
    }
    if (terms.size > 0) found.push(terms);
  }
  return found;
}
