const ROUNDS = 4000;
const RATE = 0.1;
const DECAY = 1e-3;

/** Logistic regression by gradient descent on standardised features; weights are for the features as they are, bias last. */
export function fitLogistic(rows) {
  const n = rows[0]?.x.length ?? 0;
  const means = Array.from({ length: n }, (_, i) => rows.reduce((sum, { x }) => sum + x[i], 0) / rows.length);
  const spreads = means.map(
    (mean, i) => Math.sqrt(rows.reduce((sum, { x }) => sum + (x[i] - mean) ** 2, 0) / rows.length) || 1,
  );
  const scaled = rows.map(({ x, y }) => ({
    x: [...x.map((value, i) => (value - means[i]) / spreads[i]), 1],
    y,
  }));
  const w = new Array(n + 1).fill(0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = w.map((value, i) => (i < n ? DECAY * value : 0));
    for (const { x, y } of scaled) {
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, i) => sum + w[i] * value, 0)));
      for (const i of w.keys()) gradient[i] += ((p - y) * x[i]) / scaled.length;
    }
    for (const i of w.keys()) w[i] -= RATE * gradient[i];
  }
  const own = w.slice(0, n).map((value, i) => value / spreads[i]);
  const bias = w[n] - own.reduce((sum, value, i) => sum + value * means[i], 0);
  return { weights: [...own, bias], odds: (x) => x.reduce((sum, value, i) => sum + value * own[i], bias) };
}
