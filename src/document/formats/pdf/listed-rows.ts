import { leadsToPage } from "../../contents-lines.ts";

/** Dots that lead somewhere, also where a page's number is on no line of theirs. */
const DOTS = /(?:\.\s?){5,}/;
/** In wider tables dots lead from a row's name to its first number. */
const MOST_COLUMNS = 4;
/** Share of the rows with dots, and of the cells that are entries of an index. */
const LEAST_LISTED = 0.3;
/** `late binding, 439–41` */
const ENTRY = /\p{L}.*,\s*\d{1,4}(?:[–-]\d+)?$/u;
/** The number of a part, before its title. */
const PART = /^(?:\p{L}?[\d.]+|[ivxlc]+\.?)?$/iu;
/** Share of the rows with a title. */
const LEAST_TITLED = 0.8;

/** Whether rows lead to pages: those of a table of contents, or of an index in several columns. By row: the cells' texts. */
export function areListed(rows: readonly (readonly string[])[]): boolean {
  const columns = rows[0]?.length ?? 0;
  const isLeading = (row: string): boolean => DOTS.test(row) || leadsToPage(row);
  const leading = rows.filter((row) => isLeading(row.join(" ")));
  if (columns <= MOST_COLUMNS && leading.length >= LEAST_LISTED * rows.length) return true;
  const cells = rows.flat().filter((text) => text !== "");
  if (cells.filter((text) => ENTRY.test(text)).length >= LEAST_LISTED * cells.length) return true;
  const areNumbered = columns === 3 && rows.every((row) => PART.test(row[0] ?? ""));
  return (columns === 2 || areNumbered) && areContents(rows);
}

/** Whether rows are titles with pages, in their order; no row names the columns. */
function areContents(rows: readonly (readonly string[])[]): boolean {
  const pages = rows.map((row) => row.at(-1) ?? "");
  const titled = rows.filter((row) => /\p{L}{2}/u.test(row.slice(0, -1).join(" ")));
  if (titled.length < LEAST_TITLED * rows.length) return false;
  if (!pages.every((page) => /^(?:\d{1,4}|[ivxlc]{1,6})$/.test(page))) return false;
  const numbers = pages.map(Number).filter((page) => !Number.isNaN(page));
  return numbers.every((page, i) => i === 0 || page >= (numbers[i - 1] ?? page));
}
