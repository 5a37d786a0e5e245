// Platt scaling with a term for the number of chunks, and what a verdict is judged by.

/** P(answerable) = 1 / (1 + exp(-(slope * margin + perChunks * ln(n) + bias))), by Newton's method on the log loss. */
export function fitPlatt(rows) {
  let [a, b, c] = [0.5, 0, 0];
  for (let round = 0; round < 50; round += 1) {
    const gradient = [0, 0, 0];
    const hessian = Array.from({ length: 3 }, () => [0, 0, 0]);
    for (const { margin, n, y, weight = 1 } of rows) {
      const x = [margin, Math.log(n), 1];
      const p = 1 / (1 + Math.exp(-(a * x[0] + b * x[1] + c)));
      for (let i = 0; i < 3; i += 1) {
        gradient[i] += weight * (y - p) * x[i];
        for (let j = 0; j < 3; j += 1) hessian[i][j] += weight * p * (1 - p) * x[i] * x[j];
      }
    }
    for (let i = 0; i < 3; i += 1) hessian[i][i] += 1e-3;
    const step = solve(hessian, gradient);
    [a, b, c] = [a + step[0], b + step[1], c + step[2]];
  }
  return { slope: a, perChunks: b, bias: c };
}

/** Gaussian elimination of a 3 × 3 system. */
function solve(matrix, right) {
  const m = matrix.map((row, i) => [...row, right[i]]);
  for (let i = 0; i < 3; i += 1) {
    for (let k = i + 1; k < 3; k += 1) {
      const factor = m[k][i] / m[i][i];
      for (let j = i; j < 4; j += 1) m[k][j] -= factor * m[i][j];
    }
  }
  const x = [0, 0, 0];
  for (let i = 2; i >= 0; i -= 1) {
    x[i] = (m[i][3] - m[i].slice(i + 1, 3).reduce((sum, v, k) => sum + v * x[i + 1 + k], 0)) / m[i][i];
  }
  return x;
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
