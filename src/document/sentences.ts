import { isRow } from "./table-rows.ts";

/** A span of text; UTF-16 offsets, `end` exclusive. */
export type Span = { readonly start: number; readonly end: number };

/** Longer stretches without a full stop (tables, code, lists) are cut at line ends so that a quote stays readable. */
const LONGEST_SENTENCE = 400;

/** A full stop after one of these seldom ends a sentence. Lower case, without the stop. */
const ABBREVIATIONS = new Set(
  "mr mrs ms dr prof sr jr st vs etc al cf e.g i.e eg ie inc ltd co dept approx ca".split(" "),
);
/** These do not end one when a number follows: "No. 5", "Fig. 2". */
const BEFORE_NUMBERS = new Set("no nos fig figs eq eqs sec vol art ch p pp".split(" "));

const SENTENCE_END =
  /[.!?…]+["'”’)\]]*(?=\s)|[。！？]+[」』”]?|\n[ \t]*\n|\n(?=[ \t]*(?:[•▪◦*–-]|\(?\d{1,3}[.)])\s)/gu;

/**
 * The sentences of `text` between `start` and `end`, trimmed, in order, never empty. Line breaks inside a paragraph
 * do not end a sentence (PDF text breaks every line); blank lines and list marks do. A row of a table is one.
 */
export function sentences(text: string, { start, end }: Span): Span[] {
  const found: Span[] = [];
  let prose = start;
  for (let at = start; at < end; ) {
    const newline = text.indexOf("\n", at);
    const lineEnd = newline === -1 || newline > end ? end : newline;
    if (isRow(text.slice(at, lineEnd))) {
      pushProse(found, text, { start: prose, end: at });
      pushWhole(found, text, { start: at, end: lineEnd });
      prose = lineEnd;
    }
    at = lineEnd + 1;
  }
  pushProse(found, text, { start: prose, end });
  return found;
}

function pushProse(found: Span[], text: string, { start, end }: Span): void {
  const piece = text.slice(start, end);
  let from = 0;
  for (const match of piece.matchAll(SENTENCE_END)) {
    const to = match.index + match[0].length;
    if (match[0] === "." && endsInAbbreviation(piece, match.index)) continue;
    pushTrimmed(found, text, { start: start + from, end: start + to });
    from = to;
  }
  pushTrimmed(found, text, { start: start + from, end });
}

function endsInAbbreviation(piece: string, stop: number): boolean {
  const word = /[\p{L}.]+$/u.exec(piece.slice(Math.max(0, stop - 12), stop))?.[0].toLowerCase();
  if (word === undefined) return false;
  if (BEFORE_NUMBERS.has(word)) return /^\s*\d/u.test(piece.slice(stop + 1, stop + 4));
  return ABBREVIATIONS.has(word) || /^\p{L}$/u.test(word);
}

function pushWhole(found: Span[], text: string, span: Span): void {
  const trimmed = trim(text, span);
  // The rule below a Markdown table's header says nothing.
  if (/[^\s|:-]/.test(text.slice(trimmed.start, trimmed.end))) found.push(trimmed);
}

function trim(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from < to && isSpace(text, from)) from += 1;
  while (to > from && isSpace(text, to - 1)) to -= 1;
  return { start: from, end: to };
}

function pushTrimmed(found: Span[], text: string, span: Span): void {
  const { start, end: to } = trim(text, span);
  let from = start;
  while (to - from > LONGEST_SENTENCE) {
    const lineEnd = from + text.slice(from, from + LONGEST_SENTENCE + 1).lastIndexOf("\n");
    const cut = lineEnd > from ? lineEnd : wordEnd(text, from + LONGEST_SENTENCE, to);
    if (cut >= to) break;
    found.push({ start: from, end: cut });
    from = cut;
    while (from < to && isSpace(text, from)) from += 1;
  }
  if (to > from) found.push({ start: from, end: to });
}

function wordEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && !isSpace(text, at)) at += 1;
  return at;
}

function isSpace(text: string, at: number): boolean {
  return /\s/u.test(text.charAt(at));
}
