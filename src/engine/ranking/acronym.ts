const CAPITALS = /^\p{Lu}{2,}$/u;
const CAPITALS_BEFORE = /\p{Lu}{2,}[^\p{L}\p{N}]*$/u;
const CAPITALS_AFTER = /^[^\p{L}\p{N}]*\p{Lu}{2,}/u;
/** So much on either side is looked at: a neighbouring word. */
const BESIDE = 24;

/** Whether a word of a text is in capitals among words that are not: the WHO and the IT of a sentence, not WHO PAYS IT of a heading. */
export function isAcronym(run: string, text: string, at: number): boolean {
  if (!CAPITALS.test(run)) return false;
  const before = text.slice(Math.max(0, at - BESIDE), at);
  const after = text.slice(at + run.length, at + run.length + BESIDE);
  return !CAPITALS_BEFORE.test(before) && !CAPITALS_AFTER.test(after) && /\p{Ll}/u.test(before + after);
}
