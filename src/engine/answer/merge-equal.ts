import { hasWords, plainWords } from "../attribution/plain-words.ts";
import type { Found } from "./spoken.ts";

/**
 * Answers that say the same as one, in the order of their best; of "42 days" and "42 days from the notice" the first one
 * that came stands for both.
 */
export function mergeEqual(found: readonly Found[]): Found[] {
  const merged: Found[] = [];
  for (const answer of found) {
    const at = merged.findIndex(({ text }) => saysTheSame(text, answer.text));
    const same = merged[at];
    if (same === undefined) merged.push(answer);
    else merged[at] = { ...same, sources: [...same.sources, ...answer.sources] };
  }
  return merged;
}

function saysTheSame(a: string, b: string): boolean {
  const [one, other] = [plainWords(a), plainWords(b)];
  return hasWords(one, other) || hasWords(other, one);
}
