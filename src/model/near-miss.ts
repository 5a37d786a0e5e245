/** How much of two words' pairs of letters is the same, 0 to 1 (Dice's coefficient). */
function likeness(a: string, b: string): number {
  const pairs = pairsOf(a);
  const others = pairsOf(b);
  const shared = [...pairs].filter((pair) => others.has(pair)).length;
  return pairs.size + others.size === 0 ? 0 : (2 * shared) / (pairs.size + others.size);
}

function pairsOf(word: string): ReadonlySet<string> {
  const text = word.toLowerCase();
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
}

const LEAST_LIKENESS = 0.5;

/** The candidate that a misspelt name most likely means, if any does. */
export function nearMiss(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, score: likeness(word, candidate) }))
    .filter(({ score }) => score >= LEAST_LIKENESS)
    .sort((a, b) => b.score - a.score);
  return best?.candidate;
}
