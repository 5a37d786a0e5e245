// Evidence recall of rankings of chunks, and its interval.

const DRAWS = 2000;

export const KS = [1, 2, 4, 8, 16];

/** (nChunks) share of the evidence that stands in each chunk. */
export function sharesOf(chunks, gold) {
  const all = gold.reduce((sum, [from, to]) => sum + to - from, 0);
  return chunks.map(
    ({ start, end }) =>
      gold.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, end) - Math.max(from, start)), 0) / all,
  );
}

/** (nKs) share of the evidence in the first k chunks of a ranking. */
export function recall(ranking, shares) {
  return KS.map((k) => ranking.slice(0, k).reduce((sum, index) => sum + shares[index], 0));
}

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

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

/** Rows for console.table: arm → recall at each k in %, and the interval of its difference to the arm `base`. */
export function table(found, base) {
  const percent = (value) => (100 * value).toFixed(1);
  return Object.entries(found).map(([arm, rows]) => {
    const cells = KS.map((k, at) => {
      const difference = interval(rows.map((row, i) => row[at] - found[base][i][at]));
      const range =
        arm === base ? "" : ` [${difference.map((value) => (100 * value).toFixed(0)).join(", ")}]`;
      return [`@${k}`, percent(mean(rows.map((row) => row[at]))) + range];
    });
    return { arm, n: rows.length, ...Object.fromEntries(cells) };
  });
}
