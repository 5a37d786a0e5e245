/** How often something stands there by an attribute: once where it does not say, and no more than `most`. */
export function repeats(count = "1", most: number): number {
  const value = Number(count);
  return Number.isInteger(value) ? Math.min(most, Math.max(1, value)) : 1;
}
