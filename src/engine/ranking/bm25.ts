/**
 * Term frequency saturation and length normalisation of BM25 (Robertson & Zaragoza 2009, section 3.2). All weights here:
 * chosen on training parts of cuad, covid-qa, debian-man, fairytaleqa, timeqa and evidence-inference; checked on their
 * dev parts, the five corpora of chroma, and qmsum.val. Figures: mean of evidence recall at 1, 2 and 4 chunks of 512
 * tokens (bench/words.mjs), in points on the first and the second. B 0.75 → 0.5: +0.2, +0.1.
 */
const K1 = 1.2;
const B = 0.5;
/** A word in exactly the question's form counts this much beside its stem: +1.1, +0.9. */
export const EXACT_WEIGHT = 0.6;
/** The best sentence counts this share of the weight of the question's terms that it has: +0.3, +0.6. */
const SENTENCE_WEIGHT = 0.5;

/** What was counted of the question's terms. */
export type TermCounts = {
  /** (nTerms, nChunks) */
  readonly counts: readonly Uint16Array[];
  /** (nTerms) what a term counts beside others. */
  readonly weights: readonly number[];
  /** (nChunks) words of each chunk. */
  readonly lengths: Uint32Array;
  /** (nChunks) terms, without repetition, of each sentence that has any. */
  readonly sentences: readonly (readonly ReadonlySet<number>[])[];
};

/** (nChunks) BM25 over the terms, and over those of the best sentence. */
export function bm25({ counts, weights, lengths, sentences }: TermCounts): Float64Array {
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length) || 1;
  const scores = new Float64Array(lengths.length);
  const rarities = counts.map((count, term) => {
    const frequency = count.reduce((sum, uses) => sum + (uses > 0 ? 1 : 0), 0);
    return (weights[term] ?? 0) * inverseFrequency(frequency, count.length);
  });
  for (const [term, count] of counts.entries()) {
    for (const [i, frequency] of count.entries()) {
      if (frequency === 0) continue;
      const norm = K1 * (1 - B + (B * (lengths[i] ?? 0)) / mean);
      scores[i] = (scores[i] ?? 0) + ((rarities[term] ?? 0) * frequency * (K1 + 1)) / (frequency + norm);
    }
  }
  return scores.map((score, i) => {
    const best = (sentences[i] ?? []).reduce((most, terms) => {
      return Math.max(
        most,
        [...terms].reduce((sum, term) => sum + (rarities[term] ?? 0), 0),
      );
    }, 0);
    return score + SENTENCE_WEIGHT * best;
  });
}

/** idf of a term that `frequency` of `nChunks` chunks have; 0 for one that none has. */
export function inverseFrequency(frequency: number, nChunks: number): number {
  return frequency === 0 ? 0 : Math.log(1 + (nChunks - frequency + 0.5) / (frequency + 0.5));
}
