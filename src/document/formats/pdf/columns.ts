import { type GlyphLine, isDrawn } from "./glyph-lines.ts";
import type { Glyph } from "./glyphs.ts";
import { type Part, partsOf } from "./line-parts.ts";

/** Starts that differ by less are those of one column. Points. */
const SAME_START = 3;
/** So many lines make a column; fewer are a table or chance. */
const LEAST_LINES = 6;
/** Lines of prose fill their column: cells of tables do not. Letters, and shares of the width and of the lines. */
const LEAST_LETTERS = 18;
const FULL_WIDTH = 0.75;
const FULL_LINES = 0.6;

/**
 * Puts columns one after the other where a page is drawn row by row, across them. Lines over the whole width stay
 * between what is above and below them.
 */
export function readColumns(lines: readonly GlyphLine[]): GlyphLine[] {
  const rows = lines.map((line) => partsOf(line));
  const starts = columnStarts(rows);
  if (starts.length === 0) return [...lines];
  const columnOf = (part: Part): number => starts.filter((start) => part.left >= start - SAME_START).length;
  const ordered: GlyphLine[] = [];
  let columns: GlyphLine[][] | undefined;
  const flush = (): void => {
    for (const column of columns ?? []) ordered.push(...joinBroken(column));
    columns = undefined;
  };
  for (const [i, row] of rows.entries()) {
    const line = lines[i] ?? [];
    const merged = mergeByColumn(row, columnOf);
    const fits = merged.every(
      ({ part, column }) => part.right <= (starts[column] ?? Number.POSITIVE_INFINITY),
    );
    if (!fits || (merged.length < 2 && columns === undefined)) {
      flush();
      ordered.push(line);
      continue;
    }
    columns ??= Array.from({ length: starts.length + 1 }, () => []);
    for (const { part, column } of merged) columns[column]?.push(part.glyphs);
  }
  flush();
  return ordered;
}

/** Where the columns after the first begin; none where the page's lines have no such gaps, or are a table's. */
function columnStarts(rows: readonly (readonly Part[])[]): number[] {
  const counts: { start: number; count: number }[] = [];
  for (const { left } of rows.flatMap((row) => row.slice(1))) {
    const known = counts.find(({ start }) => Math.abs(start - left) <= SAME_START);
    if (known === undefined) counts.push({ start: left, count: 1 });
    else known.count += 1;
  }
  const starts = counts.filter(({ count }) => count >= LEAST_LINES).map(({ start }) => start);
  starts.sort((a, b) => a - b);
  const wide = rows.filter((row) => row.length > 1);
  const bounds = [Number.NEGATIVE_INFINITY, ...starts, Number.POSITIVE_INFINITY];
  const isProse = bounds.slice(0, -1).every((from, column) => {
    const to = (bounds[column + 1] ?? 0) - SAME_START;
    return isColumn(wide.flatMap((row) => row.filter(({ left }) => left >= from - SAME_START && left < to)));
  });
  return isProse ? starts : [];
}

/** Whether parts that stand below each other are lines of prose, which fill their column. */
export function isColumn(parts: readonly Part[]): boolean {
  if (parts.length < LEAST_LINES) return false;
  const letters = parts.reduce((sum, { glyphs }) => sum + glyphs.filter(isDrawn).length, 0);
  const left = Math.min(...parts.map((part) => part.left));
  const width = Math.max(...parts.map((part) => part.right)) - left;
  const full = parts.filter(({ right }) => right - left >= FULL_WIDTH * width).length;
  return letters >= LEAST_LETTERS * parts.length && full >= FULL_LINES * parts.length;
}

type InColumn = { readonly part: Part; readonly column: number };

/** Gaps within a column, such as an indented formula's, part nothing. */
function mergeByColumn(row: readonly Part[], columnOf: (part: Part) => number): InColumn[] {
  const merged: InColumn[] = [];
  for (const part of row) {
    const column = columnOf(part);
    const last = merged.at(-1);
    if (last?.column !== column) merged.push({ part, column });
    else {
      const glyphs = [...last.part.glyphs, ...part.glyphs];
      merged[merged.length - 1] = { column, part: { glyphs, left: last.part.left, right: part.right } };
    }
  }
  return merged;
}

/** PDFium's mark for a hyphen that ends a line, which it sets only at the ends of whole lines. */
const MARK = "\ufffe";

/** Joins lines that end with a hyphen to the next; the hyphen becomes the mark. */
export function joinBroken(lines: readonly GlyphLine[]): GlyphLine[] {
  const joined: Glyph[][] = [];
  let isBroken = false;
  for (const line of lines) {
    const end = line.findLastIndex(isDrawn);
    const last = line[end];
    const trimmed = line.slice(0, end + 1);
    if (isBroken) joined.at(-1)?.push(...trimmed);
    else joined.push(trimmed);
    isBroken = last?.text === "-" && /\p{L}/u.test(line[end - 1]?.text ?? "");
    if (isBroken && last !== undefined) joined.at(-1)?.splice(-1, 1, { ...last, text: MARK });
  }
  return joined;
}
