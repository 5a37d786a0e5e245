/** mulberry32: the same draws in every run. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffled(list, seed) {
  const draw = random(seed);
  return list
    .map((item) => [draw(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
