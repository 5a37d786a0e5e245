import type { Column } from "./aligned-blocks.ts";
import type { Cell } from "./aligned-rows.ts";
import { areNumbers, cellText, hasGap, isAligned, isFilled } from "./cells.ts";
import { isColumn } from "./columns.ts";
import { areListed } from "./listed-rows.ts";
import { isMonospaced } from "./monospaced.ts";
import { textOf } from "./row-groups.ts";

/** What may be a table. */
export type TableRows = {
  /** By row and column; an empty cell has no part. */
  readonly rows: readonly (readonly Cell[])[];
  readonly columns: readonly Column[];
  /** Whether rules go across it: above, below or between its rows. */
  readonly hasRules: boolean;
};

/**
 * Chosen on the R manuals, Bash, the C++ Annotations and the 67 PDFs of the ICDAR 2013 table competition, of whose 2,483 rows 1,606 come
 * out alone on a line (883 without this). Of the runs of rows that are new in manuals nobody chose on, none of 22 in the handbook and one
 * of 4 in Valgrind's is doubtful; the installation guide's Japanese log lines and two of 15 in the C++ Annotations are wrong.
 */
const LEAST_ROWS = 3;
/** Without rules and without a column of numbers: of two columns, and of more. Addresses side by side have fewer. */
const LEAST_TEXT_ROWS = 6;
const LEAST_WIDE_TEXT_ROWS = 4;
/** Share of the rows with a gap as wide as one between columns. */
const LEAST_WITH_GAP = 0.6;
/** Lines of a row on the average; a list of terms that explains them in prose has more. */
const MOST_LINES = 1.5;
/** A column with so many letters a line may be prose. */
const PROSE_LETTERS = 25;
/** A cell has so many on the average; formulas and matrices have fewer. Characters. */
const LEAST_CELL = 2;
/** A comment behind a program's line, or the sign that begins the other side of a formula. */
const CODE = /^(?:\/[/*]|#\s|;;|%\s|[=≤≥≡≈→⇒↦]|:=|<-)/u;
const LEAST_CODE = 0.5;

/** Whether rows that stand in columns are a table's, not those of prose, code, contents, an index or a list of terms. */
export function isTable({ rows, columns, hasRules }: TableRows): boolean {
  if (rows.length < LEAST_ROWS || columns.length < 2) return false;
  const texts = rows.map((row) => row.map(cellText));
  const byColumn = columns.map((_, i) => rows.map((row) => row[i] ?? []));
  const numeric = columns.map((_, i) => areNumbers(texts.slice(1).map((row) => row[i] ?? "")));
  if (byColumn.some((cells) => cells.filter(isFilled).length < 2)) return false;
  if (isTiny(texts) || isProse(byColumn) || areListed(texts) || isCode(texts)) return false;
  if (isMonospaced(rows.flat(2)) && !isPlain(texts, numeric)) return false;
  if (rows.filter(hasGap).length < LEAST_WITH_GAP * rows.length) return false;
  if (!byColumn.every((cells, i) => isOrderly(cells, i, numeric))) return false;
  if (hasRules) return true;
  if (columns.length === 2 && linesOf(rows) > MOST_LINES * rows.length) return false;
  const least = columns.length === 2 ? LEAST_TEXT_ROWS : LEAST_WIDE_TEXT_ROWS;
  return numeric.includes(true) || rows.length >= least;
}

/** Numbers stand as their points do; names before numbers may be indented. A column's first cell may be set otherwise. */
function isOrderly(cells: readonly Cell[], column: number, numeric: readonly boolean[]): boolean {
  const areBeforeNumbers = column === 0 && numeric.slice(1).filter((is) => is).length > 1;
  return numeric[column] === true || areBeforeNumbers || isAligned(cells.slice(1));
}

function isTiny(texts: readonly (readonly string[])[]): boolean {
  const filled = texts.flat().filter((text) => text !== "");
  return filled.join("").length < LEAST_CELL * filled.length;
}

/** Whether the columns are those of prose, with the numbers of its lines, or a list's with one word in each of its rows. */
function isProse(byColumn: readonly (readonly Cell[])[]): boolean {
  const columns = byColumn.map((cells) => cells.flat());
  const isLong = columns.map((parts) => lettersOf(parts) >= PROSE_LETTERS * parts.length);
  if (columns.every(isColumn) || isLong.filter((is) => is).length > 1) return true;
  const [first = [], second = []] = columns;
  if (columns.length > 2) return false;
  const areLineNumbers = first.every((part) => /^\s*\d*\s*$/.test(textOf(part)));
  if (areLineNumbers && isLong[1] === true && isColumn(second)) return true;
  if (isLong[0] === true && isColumn(first)) return true;
  return byColumn.some((cells) => new Set(cells.map(cellText)).size === 1);
}

function lettersOf(parts: Cell): number {
  return parts.reduce((sum, part) => sum + textOf(part).replace(/\s/g, "").length, 0);
}

/** Whether all columns but the first hold one number in each cell, as no code does. */
function isPlain(texts: readonly (readonly string[])[], numeric: readonly boolean[]): boolean {
  const isOne = texts.slice(1).every((row) => row.slice(1).every((text) => !/\s/.test(text)));
  return isOne && numeric.slice(1).every((is) => is);
}

function isCode(texts: readonly (readonly string[])[]): boolean {
  const code = texts.filter((row) => row.slice(1).some((text) => CODE.test(text)));
  return code.length >= LEAST_CODE * texts.length;
}

/** How many lines the rows are high, all together. */
function linesOf(rows: TableRows["rows"]): number {
  const height = (cell: Cell): number => new Set(cell.map(({ base }) => base)).size;
  return rows.reduce((sum, row) => sum + Math.max(...row.map(height)), 0);
}
