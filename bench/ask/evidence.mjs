// Evidence recall of rankings: which share of a question's evidence, in characters, stands in a window of so many tokens.

const DRAWS = 2000;

/** (nChunks) share of the evidence that stands in each chunk. */
export function sharesOf(chunks, gold) {
  const all = gold.reduce((sum, [from, to]) => sum + to - from, 0);
  return chunks.map(
    ({ start, end }) =>
      gold.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, end) - Math.max(from, start)), 0) / all,
  );
}

/** Share of the evidence in the best chunks that fit into `budget` tokens; the first that does not fit counts in part. */
export function recall(ranking, { shares, tokens }, budget) {
  let room = budget;
  let found = 0;
  for (const index of ranking) {
    if (room <= 0) break;
    found += shares[index] * Math.min(1, room / tokens[index]);
    room -= tokens[index];
  }
  return found;
}

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The mean of the means of the sets that records ({ set }) are of. */
export function meanOfSets(records, value) {
  const sets = [...new Set(records.map(({ set }) => set))];
  return mean(sets.map((set) => mean(records.filter((row) => row.set === set).map(value))));
}

/** 95 % of the means of as many values drawn with replacement; always the same draws. */
export function interval(values) {
  let seed = 1;
  const next = () => {
    seed = (seed * 48271) % 2147483647;
    return seed;
  };
  const means = Array.from({ length: DRAWS }, () => mean(values.map(() => values[next() % values.length])));
  means.sort((a, b) => a - b);
  return [means[Math.floor(DRAWS * 0.025)], means[Math.floor(DRAWS * 0.975)]];
}
