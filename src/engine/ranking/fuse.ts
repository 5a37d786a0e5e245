/** How much each list counts in the sum. */
export type FuseWeights = { readonly relevance: number; readonly condensed: number };

/**
 * The likelihood of a small model never outvotes BM25 alone, because it collapses on long boilerplate questions: chosen on
 * meetings and boilerplate, measured with bench/ask.mjs.
 */
export const LIKELIHOOD_WEIGHTS: FuseWeights = { relevance: 2, condensed: 1 };

/**
 * A condenser's margin is the better judge of the two. Evidence in 2,048 tokens, 13 sets (bench/ask.mjs): weights 1, 2, 3 and 4
 * of the margin 93.6, 94.4, 95.1 and 95.2 %; in 1,024 tokens 81.5, 79.7, 79.7 and 79.5; BM25 alone 90.0 and 77.5.
 */
export const CONDENSER_WEIGHTS: FuseWeights = { relevance: 1, condensed: 3 };

/**
 * Evidence of all chunks fused into one score: a weighted sum of z(relevance), as they were retrieved, and z(condensed score), over the condensed
 * chunks. A sum of z-scores keeps the lead of a clear winner, which reciprocal ranks would throw away. Chunks that were not
 * condensed come behind all others, in the order of their relevance.
 */
export function fuse(
  relevance: Float64Array,
  condensed: ReadonlyMap<number, number>,
  weights: FuseWeights = LIKELIHOOD_WEIGHTS,
): Float64Array {
  const indexes = [...condensed.keys()];
  const zRelevance = zScores(indexes.map((i) => relevance[i] ?? 0));
  const zScore = zScores(indexes.map((i) => condensed.get(i) ?? 0));
  const fused = new Float64Array(relevance.length);
  let least = 0;
  for (const [at, i] of indexes.entries()) {
    const score = weights.relevance * (zRelevance[at] ?? 0) + weights.condensed * (zScore[at] ?? 0);
    fused[i] = score;
    least = Math.min(least, score);
  }
  const highest = relevance.reduce((most, score) => Math.max(most, score), 0) || 1;
  for (let i = 0; i < fused.length; i += 1) {
    if (!condensed.has(i)) fused[i] = least - 2 + (relevance[i] ?? 0) / highest;
  }
  return fused;
}

/** What is added to a rank from 0 on: the larger, the less the first ranks stand out. The paper has 61 (k = 60, ranks from 1 on). */
const RANK_OFFSET = 10;

/**
 * Reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009): for lists of scores (nChunks) whose values say nothing of one another. A score
 * of 0 or less has no rank.
 */
export function reciprocalRankFusion(lists: readonly Float64Array[]): Float64Array {
  const fused = new Float64Array(lists[0]?.length ?? 0);
  for (const scores of lists) {
    for (const [rank, index] of order(scores).entries()) {
      if ((scores[index] ?? 0) > 0) fused[index] = (fused[index] ?? 0) + 1 / (RANK_OFFSET + rank);
    }
  }
  return fused;
}

/** (value - mean) / standard deviation; all 0 where the values do not differ. */
export function zScores(values: readonly number[]): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  const deviation = Math.sqrt(variance);
  return Float64Array.from(values, (value) => (deviation > 0 ? (value - mean) / deviation : 0));
}

/** Indexes in falling order of score; equal scores keep document order. */
export function order(scores: ArrayLike<number>): number[] {
  return Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => {
    return (scores[b] ?? 0) - (scores[a] ?? 0) || a - b;
  });
}
