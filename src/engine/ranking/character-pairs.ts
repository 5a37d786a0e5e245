import type { Span } from "../../document/sentences.ts";
import { INVISIBLE, plain } from "./fold.ts";

/** Scripts that put no spaces between words, as the inside of a character class. */
export const UNSPACED = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"]
  .map((script) => `\\p{Script=${script}}`)
  .concat("ー")
  .join("");
/** These and Korean, whose words have spaces between them and particles at their ends: 계약서는, 계약서를. */
const PAIRED = `${UNSPACED}\\p{Script=Hangul}`;
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
const IS_PAIRED = new RegExp(`[${PAIRED}]`, "u");
const UNSPACED_OR_NOT = stretchesOf(UNSPACED);
const PAIRED_OR_NOT = stretchesOf(PAIRED);
/** A syllable of Korean that is written as its letters, or any character. */
const CHARACTER = /[\u1100-\u115f][\u1160-\u11a7]+[\u11a8-\u11ff]*|./gsu;
const SPACE_BESIDE = new RegExp(`(?<=[${UNSPACED}]) +| +(?=[${UNSPACED}])`, "gu");
const IS_INVISIBLE = new RegExp(`[${INVISIBLE}]`, "u");

/** Whether a text has characters of a script that puts no spaces between words. */
export function isUnspaced(text: string): boolean {
  return IS_UNSPACED.test(text);
}

/** Whether a text has characters that are indexed in pairs: of such scripts, or Korean ones. */
export function isPaired(text: string): boolean {
  return IS_PAIRED.test(text);
}

/** Without the spaces beside characters of such scripts: a line has ended there, or a mark was taken out. */
export function joinUnspaced(text: string): string {
  return text.replaceAll(SPACE_BESIDE, "");
}

type Segment = { readonly segment: string; readonly at: number };

/** The stretches of a text that are, and are not, of scripts without spaces, and where each begins. */
export function segments(text: string): Segment[] {
  return segmentsBy(UNSPACED_OR_NOT, text);
}

/** The stretches of a text that are, and are not, indexed in pairs, and where each begins. */
export function pairedSegments(text: string): Segment[] {
  return segmentsBy(PAIRED_OR_NOT, text);
}

function stretchesOf(scripts: string): RegExp {
  return new RegExp(`[${scripts}][${scripts}\\p{M}${INVISIBLE}]*|[^${scripts}]+`, "gu");
}

function segmentsBy(stretches: RegExp, text: string): Segment[] {
  return [...text.matchAll(stretches)].map(({ 0: segment, index }) => ({ segment, at: index }));
}

/** Overlapping pairs of characters, the usual index unit of these scripts; the character itself where there is one. */
export function characterPairs(segment: string): (Span & { readonly form: string })[] {
  const characters = [...segment.matchAll(CHARACTER)].flatMap(({ 0: character, index }) => {
    const place = { start: index, end: index + character.length };
    return IS_INVISIBLE.test(character) ? [] : [{ form: plain(character), ...place }];
  });
  if (characters.length === 1) return characters;
  return characters.slice(1).map(({ form, end }, i) => {
    const first = characters[i] ?? { form: "", start: end };
    return { form: first.form + form, start: first.start, end };
  });
}
