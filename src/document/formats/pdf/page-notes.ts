import { END_MARKS } from "../../sentence-ends.ts";
import { sentences } from "../../sentences.ts";

const SENTENCE_END = new RegExp(`[${END_MARKS}:]["'”’)\\]]*[\\d⁰¹²³⁴-⁹,*†‡]*\\s*$`, "u");

/**
 * A page's text with its footnotes behind it, or before its last sentence where that runs over to the next page, so that
 * they do not stand in it.
 */
export function layNotes(body: string, notes: string, next: string): string {
  if (notes === "") return body;
  const runsOver = /\S/.test(next) && !SENTENCE_END.test(body);
  const start = runsOver ? (sentences(body, { start: 0, end: body.length }).at(-1)?.start ?? 0) : 0;
  if (start === 0) return `${body}\n${notes}`;
  return `${body.slice(0, start).trimEnd()}\n\n${notes}\n\n${body.slice(start)}`;
}
