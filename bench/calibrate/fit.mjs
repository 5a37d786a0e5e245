// Logistic regression, and what a verdict is judged by.

/**
 * Weights w and bias b of P(answerable) = 1 / (1 + exp(-(w · x + b))), by Newton's method on the log loss. rows: [{ x, y }],
 * x the features (k), y 0 or 1. With one feature it is Platt scaling.
 */
export function fitLogistic(rows) {
  const k = (rows[0]?.x.length ?? 0) + 1;
  let weights = new Array(k).fill(0);
  for (let round = 0; round < 50; round += 1) {
    const gradient = new Array(k).fill(0);
    const hessian = Array.from({ length: k }, (_, i) =>
      Array.from({ length: k }, (_, j) => (i === j ? 1e-3 : 0)),
    );
    for (const { x, y } of rows) {
      const features = [...x, 1];
      const p = 1 / (1 + Math.exp(-dot(weights, features)));
      for (let i = 0; i < k; i += 1) {
        gradient[i] += (y - p) * features[i];
        for (let j = 0; j < k; j += 1) hessian[i][j] += p * (1 - p) * features[i] * features[j];
      }
    }
    const step = solve(hessian, gradient);
    weights = weights.map((weight, i) => weight + step[i]);
  }
  return { weights: weights.slice(0, -1), bias: weights.at(-1) };
}

export function probabilityOf({ weights, bias }, x) {
  return 1 / (1 + Math.exp(-(dot(weights, x) + bias)));
}

function dot(a, b) {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

/** x of A x = b, by elimination; A (k × k) is positive definite. */
function solve(matrix, right) {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  for (const [i, pivot] of rows.entries()) {
    for (const [j, row] of rows.entries()) {
      if (j === i) continue;
      const factor = row[i] / pivot[i];
      for (let at = i; at < row.length; at += 1) row[at] -= factor * pivot[at];
    }
  }
  return rows.map((row, i) => row.at(-1) / row[i]);
}

/** Probability that an answerable question has the higher value. */
export function auroc(positive, negative) {
  let wins = 0;
  for (const p of positive) for (const n of negative) wins += p === n ? 0.5 : Number(p > n);
  return wins / Math.max(1, positive.length * negative.length);
}
