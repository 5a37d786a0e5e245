// Platt scaling of margins, and what a verdict is judged by.

/** P(answerable) = 1 / (1 + exp(-(slope * margin + bias))), by Newton's method on the log loss. */
export function fitPlatt(rows) {
  let [slope, bias] = [0.5, 0];
  for (let round = 0; round < 50; round += 1) {
    let [gs, gb, ss, sb, bb] = [0, 0, 1e-3, 0, 1e-3];
    for (const { margin, y } of rows) {
      const p = 1 / (1 + Math.exp(-(slope * margin + bias)));
      const weight = p * (1 - p);
      gs += (y - p) * margin;
      gb += y - p;
      ss += weight * margin * margin;
      sb += weight * margin;
      bb += weight;
    }
    const determinant = ss * bb - sb * sb;
    slope += (bb * gs - sb * gb) / determinant;
    bias += (ss * gb - sb * gs) / determinant;
  }
  return { slope, bias };
}

/** Probability that an answerable question has the higher value. */
export function auroc(positive, negative) {
  let wins = 0;
  for (const p of positive) for (const n of negative) wins += p === n ? 0.5 : Number(p > n);
  return wins / Math.max(1, positive.length * negative.length);
}

export function quantile(values, share) {
  const sorted = values.toSorted((x, y) => x - y);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
