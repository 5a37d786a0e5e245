import { exactWords } from "../attribution/marked-words.ts";
import { hasWords } from "../attribution/plain-words.ts";
import { isYesOrNo } from "../condenser/local-tokens.ts";
import { negations } from "../ranking/negation.ts";
import type { Found } from "./spoken.ts";

/**
 * Answers that say the same as one, in the order of their best; of "42 days" and "42 days from the notice" the first one
 * that came stands for both. `language`: the documents', as an ISO 639-3 code.
 */
export function mergeEqual(found: readonly Found[], language: string): Found[] {
  const merged: Found[] = [];
  for (const answer of found) {
    const at = merged.findIndex(({ text }) => saysTheSame(text, answer.text, language));
    const same = merged[at];
    if (same === undefined) merged.push(answer);
    else merged[at] = { ...same, sources: [...same.sources, ...answer.sources] };
  }
  return merged;
}

/** Whether two answers are the same, or one has the words of the other and denies as much. */
function saysTheSame(a: string, b: string, language: string): boolean {
  const [one, other] = [exactWords(a), exactWords(b)];
  if (one === other) return one !== "" || a === b;
  if ([one, other].some((words) => saysYesOrNo(words, language))) return false;
  const denyAlike = negations(a, language) === negations(b, language);
  return denyAlike && (hasWords(one, other) || hasWords(other, one));
}

/** "No" is not "no later than 5 May". */
function saysYesOrNo(words: string, language: string): boolean {
  return isYesOrNo(words) || (!words.includes(" ") && negations(words, language) > 0);
}
