import { isPaired, joinUnspaced } from "../ranking/character-pairs.ts";

/** Lower case, without articles and punctuation, one space between words. */
export function plainWords(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+(?:[.,:]\p{N}+)*/gu) ?? [];
  return withoutArticles(words);
}

/** Without English articles, unless there is nothing else: "A" may be a grade. */
export function withoutArticles(words: readonly string[]): string {
  const others = words.filter((word) => !["a", "an", "the"].includes(word));
  return (others.length > 0 ? others : words).join(" ");
}

/**
 * Whether words stand in a text, one behind the other; both are words with a space between them. In scripts that put no
 * spaces between words, and in Korean, words may stand within what looks like one.
 */
export function hasWords(text: string, sought: string): boolean {
  const [all, words] = [joinUnspaced(text), joinUnspaced(sought)];
  if (words === "") return false;
  for (let at = all.indexOf(words); at !== -1; at = all.indexOf(words, at + 1)) {
    if (isEdge(all, at) && isEdge(all, at + words.length)) return true;
  }
  return false;
}

/** Whether a word may end before this place of a text: "3年" does not stand in "13年". */
function isEdge(text: string, at: number): boolean {
  const beside = text.slice(Math.max(0, at - 1), at + 1);
  return beside.length < 2 || beside.includes(" ") || isPaired(beside);
}
