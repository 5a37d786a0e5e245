import { UNSPACED } from "../ranking/character-pairs.ts";

/** So many repetitions of the tail, and the model goes in circles. */
const REPEATS = 3;
const LONGEST_PERIOD_WORDS = 60;
/** Words between spaces; of scripts that have none, characters. */
const WORD = new RegExp(`[${UNSPACED}]|[^\\s${UNSPACED}]+`, "gu");
/** Shorter runs may be a list or a rhyme. */
const LEAST_WORDS = 12;

/**
 * The text without a tail that repeats itself, one occurrence kept; undefined when there is no such tail. Words are
 * compared, not tokens: small models wrap the same sentence at other places each time.
 */
export function withoutLoop(text: string): string | undefined {
  const words = [...text.matchAll(WORD)];
  const longest = Math.min(LONGEST_PERIOD_WORDS, Math.floor(words.length / REPEATS));
  for (let period = 1; period <= longest; period += 1) {
    const span = Math.max(REPEATS * period, LEAST_WORDS);
    const from = words.length - span;
    if (from < 0) continue;
    const repeats = words.slice(from + period).every((word, i) => word[0] === words[from + i]?.[0]);
    if (!repeats) continue;
    const last = words[from + period - 1];
    return text.slice(0, (last?.index ?? 0) + (last?.[0].length ?? 0));
  }
  return undefined;
}
