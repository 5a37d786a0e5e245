import type { Span } from "../../document/sentences.ts";
import { INVISIBLE, plain } from "./fold.ts";

/** Scripts that put no spaces between words, as the inside of a character class. */
export const UNSPACED = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"]
  .map((script) => `\\p{Script=${script}}`)
  .concat("ー")
  .join("");
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
const SEGMENT = new RegExp(`[${UNSPACED}][${UNSPACED}\\p{M}${INVISIBLE}]*|[^${UNSPACED}]+`, "gu");
const SPACE_BESIDE = new RegExp(`(?<=[${UNSPACED}]) +| +(?=[${UNSPACED}])`, "gu");
const IS_INVISIBLE = new RegExp(`[${INVISIBLE}]`, "u");

/** Whether a text has characters of a script that puts no spaces between words. */
export function isUnspaced(text: string): boolean {
  return IS_UNSPACED.test(text);
}

/** Without the spaces beside characters of such scripts: a line has ended there, or a mark was taken out. */
export function joinUnspaced(text: string): string {
  return text.replaceAll(SPACE_BESIDE, "");
}

/** The stretches of a text that are, and are not, of such scripts, and where each begins. */
export function segments(text: string): { readonly segment: string; readonly at: number }[] {
  return [...text.matchAll(SEGMENT)].map(({ 0: segment, index }) => ({ segment, at: index }));
}

/** Overlapping pairs of characters, the usual index unit of such scripts; the character itself where there is one. */
export function characterPairs(segment: string): (Span & { readonly form: string })[] {
  const characters = [...segment.matchAll(/./gsu)].flatMap(({ 0: character, index }) => {
    const place = { start: index, end: index + character.length };
    return IS_INVISIBLE.test(character) ? [] : [{ form: plain(character), ...place }];
  });
  if (characters.length === 1) return characters;
  return characters.slice(1).map(({ form, end }, i) => {
    const first = characters[i] ?? { form: "", start: end };
    return { form: first.form + form, start: first.start, end };
  });
}
