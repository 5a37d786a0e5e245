import type { Document } from "./document.ts";

/** A run of table rows; offsets into the document's text. */
export type Table = {
  readonly start: number;
  readonly end: number;
  /** The first row's cells, joined by " | ". */
  readonly header: string;
};

/** Longer lines are prose that happens to have a bar. */
const LONGEST_ROW = 1200;
/** A header longer than this would outweigh the section's title. */
const LONGEST_HEADER = 300;
const FEWEST_ROWS = 3;
/** Of a column. UTF-16 units. */
const LONGEST_NAME = 40;

/** Whether a line is a row of a table, as HTML, spreadsheets and Markdown print one; or a line of laid-out JSON. */
export function isRow(line: string): boolean {
  if (line.length > LONGEST_ROW) return false;
  return line.includes(" | ") || /^\s*(?:\|.*\|\s*$|"[^"]{1,100}": )/.test(line);
}

/** The tables of a text, in order: at least three rows, line after line. */
export function findTables(text: string): Table[] {
  const tables: Table[] = [];
  let start: number | undefined;
  let rows = 0;
  const end = (at: number): void => {
    if (start !== undefined && rows >= FEWEST_ROWS) {
      tables.push({ start, end: at, header: headerOf(text.slice(start, lineEnd(text, start))) });
    }
    start = undefined;
    rows = 0;
  };
  for (let at = 0; at < text.length; ) {
    const next = lineEnd(text, at);
    if (isBarred(text.slice(at, next))) {
      start ??= at;
      rows += 1;
    } else end(at);
    at = next + 1;
  }
  end(text.length);
  return tables;
}

const tables = new WeakMap<Pick<Document, "text">, readonly Table[]>();

/**
 * The header of the table that a span is of; undefined outside tables and for a span that has it. A first row with longer texts than
 * columns have for names, with numbers in the same columns as the span's row, or of numbers that all stand above others, is no header.
 */
export function headerOver(
  document: Pick<Document, "text">,
  { start, end }: Pick<Table, "start" | "end">,
): string | undefined {
  const table = tableAround(document, { start, end });
  if (table === undefined || table.header === "") return undefined;
  if (start <= lineEnd(document.text, table.start)) return undefined;
  const row = document.text.slice(start, lineEnd(document.text, start));
  const names = table.header.split("|").every((cell) => cell.trim().length <= LONGEST_NAME);
  return names && !isAlike(table.header, row) ? table.header : undefined;
}

/** The table that a span lies in, from its first row to its last; undefined outside tables. */
export function tableAround(
  document: Pick<Document, "text">,
  { start, end }: Pick<Table, "start" | "end">,
): Table | undefined {
  const known = tables.get(document) ?? findTables(document.text);
  tables.set(document, known);
  return known.find((table) => start >= table.start && end <= table.end);
}

/**
 * Whether two rows have numbers in the same columns, and have some; or the first is mostly numbers, each above one of the
 * second, where "–" or "(X)" may stand for none. Years name columns as well.
 */
function isAlike(header: string, row: string): boolean {
  const [names = [], cells = []] = [header, headerOf(row)].map((line) => line.split("|"));
  const above = names.map(isNumber);
  const below = cells.map(isNumber);
  if (!above.includes(true)) return false;
  if (above.join() === below.join()) return true;
  const isWord = names.slice(1).map((cell) => /\p{L}{2}/u.test(cell));
  const count = (are: readonly boolean[]): number => are.filter((is) => is).length;
  return count(above) > Math.max(1, count(isWord)) && above.every((is, i) => !is || below[i] === true);
}

function isNumber(cell: string): boolean {
  return /^[^\p{L}]*\d[^\p{L}]*$/u.test(cell) && !/^\D*(?:19|20)\d\d\D*$/u.test(cell);
}

function isBarred(line: string): boolean {
  return line.includes("|") && isRow(line);
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  return at === -1 ? text.length : at;
}

function headerOf(line: string): string {
  return line
    .replace(/^\s*\|\s*|\s*\|\s*$/g, "")
    .trim()
    .slice(0, LONGEST_HEADER);
}
