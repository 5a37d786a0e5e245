import { boxedRows } from "./boxed-tables.ts";
import { leadsToPage } from "./contents-lines.ts";
import type { Document, Section } from "./document.ts";
import { sentenceEnds } from "./sentence-ends.ts";
import { isRow } from "./table-rows.ts";

/** A span of text; UTF-16 offsets, `end` exclusive. */
export type Span = { readonly start: number; readonly end: number };

/** Longer stretches without a full stop (clauses of contracts, tables, code, lists) are cut so that a quote stays readable. */
const LONGEST_SENTENCE = 400;
/** Where they are cut: behind the last of these that is found in the second half of what may stay together, else at a line end. */
const CLAUSE_ENDS = [/;(?=\s)/gu, /[,:)}\]](?=[ \t]*\n)/gu, /,(?=\s)/gu];

/** Text that is more than the rules of a table, of Markdown or drawn. */
const SAYS = /[^\s|:+=\-─-╿*_~#]/u;

/** Lines of nothing but such signs are drawn, as the frames of notices and the rules below titles are. */
const DRAWN_LINES = /^(?:[*_~=#-][*_~=# \t-]*\r?\n\s*)+/u;

/** What may stand before a title and between its words: marks, numbers, line ends. UTF-16 units. */
const MOST_MARKS = 40;

/**
 * The sentences of `text` between `start` and `end`, trimmed, in order, never empty. Line breaks inside a paragraph
 * do not end a sentence (PDF text breaks every line); blank lines and list marks do. A table's row is one, whatever is
 * in its cells, and so is a line of a table of contents.
 */
export function sentences(text: string, { start, end }: Span): Span[] {
  const found: Span[] = [];
  let from = start;
  for (const to of cutsOf(text.slice(start, end))) {
    pushTrimmed(found, text, { start: from, end: start + to });
    from = start + to;
  }
  pushTrimmed(found, text, { start: from, end });
  return found;
}

/** Offsets behind the sentences of a piece, ascending. */
function cutsOf(piece: string): number[] {
  const boxed = boxedRows(piece);
  let at = 0;
  const lines = ownLines(piece).filter(({ start }) => {
    while ((boxed[at]?.end ?? start + 1) <= start) at += 1;
    return start < (boxed[at]?.start ?? piece.length);
  });
  const rows = [...boxed, ...lines].sort((a, b) => a.start - b.start);
  const cuts = rows.flatMap((row) => [row.start, row.end]);
  let next = 0;
  for (const { start, end } of sentenceEnds(piece)) {
    while ((rows[next]?.end ?? end) < end) next += 1;
    const isInRow = start >= (rows[next]?.start ?? end);
    if (!isInRow) cuts.push(end);
  }
  return cuts.sort((a, b) => a - b);
}

/** Lines that lead to a page, and rows of tables, which follow one another: one alone may be anything. */
function ownLines(piece: string): Span[] {
  const lines = [...piece.matchAll(/[^\n]+/g)].map(({ 0: line, index }) => {
    return { start: index, end: index + line.length, isRow: isRow(line), isOfContents: leadsToPage(line) };
  });
  return lines.filter(({ start, end, isRow: isOne, isOfContents }, i) => {
    if (isOfContents) return true;
    const [before, after] = [lines[i - 1], lines[i + 1]];
    const isBehind = before?.isRow === true && before.end === start - 1;
    return isOne && (isBehind || (after?.isRow === true && after.start === end + 1));
  });
}

/** A sentence of a document; a heading is one of its own, whatever it touches. */
export type DocumentSentence = Span & { readonly isHeading: boolean };

/** The same for a document whose sections say where its headings are. */
export function sentencesOf(
  { text, sections }: Pick<Document, "text" | "sections">,
  { start, end }: Span,
): DocumentSentence[] {
  const found: DocumentSentence[] = [];
  const push = (from: number, to: number): void => {
    for (const span of sentences(text, { start: from, end: to })) found.push({ ...span, isHeading: false });
  };
  const pushHeading = (from: number, to: number): void => {
    const spans: Span[] = [];
    pushTrimmed(spans, text, { start: from, end: to });
    for (const span of spans) found.push({ ...span, isHeading: true });
  };
  let from = start;
  for (let i = firstFrom(sections, start); i < sections.length; i++) {
    const section = sections[i];
    if (section === undefined || section.start >= end) break;
    const headingEnd = Math.min(end, endOfHeading(text, section));
    if (headingEnd <= Math.max(from, section.start)) continue;
    push(from, section.start);
    pushHeading(Math.max(from, section.start), headingEnd);
    from = headingEnd;
  }
  push(from, end);
  return found;
}

/** Index of the last section before an offset, whose heading may reach behind it; 0 when there is none. */
function firstFrom(sections: readonly Section[], offset: number): number {
  let low = 0;
  let high = sections.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((sections[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** The end of the line that ends the title, and its underline; the start where the title does not stand there. */
function endOfHeading(text: string, { title, start }: Section): number {
  const head = text.slice(start, start + 2 * title.length + MOST_MARKS);
  let at = 0;
  for (const word of title.split(/\s+/)) {
    const found = head.indexOf(word, at);
    if (found === -1) return start;
    at = found + word.length;
  }
  const lineEnd = text.indexOf("\n", start + at);
  if (lineEnd === -1) return text.length;
  return (
    lineEnd +
    (/^\n {0,3}(?:=+|-+)[ \t]*(?=\r?\n|$)/.exec(text.slice(lineEnd, lineEnd + 200))?.[0].length ?? 0)
  );
}

/** Without white space at either end, and lines that are drawn at the beginning. */
function trim(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from < to && isSpace(text, from)) from += 1;
  while (to > from && isSpace(text, to - 1)) to -= 1;
  const drawn = DRAWN_LINES.exec(text.slice(from, to))?.[0] ?? "";
  return { start: from + drawn.length, end: to };
}

function pushTrimmed(found: Span[], text: string, span: Span): void {
  const { start, end: to } = trim(text, span);
  let from = start;
  while (to - from > LONGEST_SENTENCE) {
    const cut = cutWithin(text, { start: from, end: to });
    if (cut >= to) break;
    found.push(trim(text, { start: from, end: cut }));
    from = cut;
    while (from < to && isSpace(text, from)) from += 1;
  }
  if (SAYS.test(text.slice(from, to))) found.push({ start: from, end: to });
}

/** Where a long stretch is cut; its end where it cannot be. */
function cutWithin(text: string, { start, end }: Span): number {
  const head = text.slice(start, start + LONGEST_SENTENCE + 1);
  for (const clauseEnd of CLAUSE_ENDS) {
    const at = [...head.matchAll(clauseEnd)].at(-1)?.index ?? 0;
    if (at >= LONGEST_SENTENCE / 2) return start + at + 1;
  }
  const lineEnd = head.lastIndexOf("\n");
  return lineEnd > 0 ? start + lineEnd : wordEnd(text, start + LONGEST_SENTENCE, end);
}

function wordEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && !isSpace(text, at)) at += 1;
  return at;
}

function isSpace(text: string, at: number): boolean {
  return /\s/u.test(text.charAt(at));
}
