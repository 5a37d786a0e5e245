// Evidence recall of rankings of chunks by rank.
import { interval, mean } from "../ask/evidence.mjs";

export const KS = [1, 2, 4, 8, 16];

/** (nKs) share of the evidence in the first k chunks of a ranking. */
export function recall(ranking, shares) {
  return KS.map((k) => ranking.slice(0, k).reduce((sum, index) => sum + shares[index], 0));
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
