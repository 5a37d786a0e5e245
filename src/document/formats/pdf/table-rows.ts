import { findAlignedTables } from "./aligned-tables.ts";
import { type GlyphLine, isDrawn } from "./glyph-lines.ts";
import type { Glyph } from "./glyphs.ts";
import { alignedRow, barBehind, markAt, withoutEnds } from "./laid-row.ts";
import { cellAt, findRuledTables, type RuledCell, type RuledTable } from "./ruled-tables.ts";
import type { Shape } from "./shapes.ts";

/** A cell with more text lays out a page. Characters. */
const LONGEST_CELL = 500;
/** The cells of a table have so many on the average. Characters. */
const LEAST_CELL = 2;
/** Longer texts are not repeated in the rows and columns that they span. Characters. */
const LONGEST_REPEATED = 80;

/**
 * Lays each row of a table on one line, " | " between its cells. In ruled tables, what spans rows or columns is in each;
 * in others, whose cells stand below each other, lines that go on with a cell are joined to it.
 */
export function layTables(lines: readonly GlyphLine[], shapes: readonly Shape[]): GlyphLine[] {
  let laid = [...lines];
  for (const table of findRuledTables(shapes)) laid = layTable(laid, table);
  for (const { from, to, rows } of findAlignedTables(laid, shapes).reverse())
    laid.splice(from, to - from, ...rows.map(alignedRow));
  return laid;
}

function layTable(lines: GlyphLine[], table: RuledTable): GlyphLine[] {
  const first = lines.findIndex((line) => isInside(line, table));
  const inside = lines.filter((line) => isInside(line, table));
  if (inside.flat().some((glyph) => isDrawn(glyph) && cellAt(table, glyph) === undefined)) return lines;
  const texts = cellTexts(inside, table);
  const lengths = [...texts.values()].map((glyphs) => glyphs.length);
  const units = lengths.reduce((sum, length) => sum + length, 0);
  // A frame with a text in it, or one that has hardly any, is no table; nor is a grid below a text, which cuts its words.
  if (texts.size < 4 || Math.max(...lengths) > LONGEST_CELL || units < LEAST_CELL * texts.size) return lines;
  const rows = table.ys.slice(1).map((_, row) => rowOf(table, texts, row));
  const outside = lines.map((line) => (inside.includes(line) ? [] : [line]));
  outside[first] = rows.filter((row) => row.some(isDrawn));
  return outside.flat();
}

/** Whether all of a line lies in the table. */
function isInside(line: GlyphLine, { box }: RuledTable): boolean {
  const drawn = line.filter(isDrawn);
  const isIn = ({ left, right, base, size }: Glyph): boolean =>
    left >= box.left - 1 &&
    right <= box.right + 1 &&
    base + size / 4 <= box.top &&
    base + size / 4 >= box.bottom;
  return drawn.length > 0 && drawn.every(isIn);
}

/** The characters of each cell that has some, lines joined by spaces. */
function cellTexts(lines: readonly GlyphLine[], table: RuledTable): Map<RuledCell, Glyph[]> {
  const texts = new Map<RuledCell, Glyph[]>();
  for (const [cell, part] of lines.flatMap((line) => [...partsByCell(line, table)])) {
    const text = texts.get(cell);
    const last = text?.at(-1);
    if (text === undefined || last === undefined) texts.set(cell, part);
    else text.push(markAt(last, " "), ...part);
  }
  return texts;
}

/** A line's characters for each cell that it crosses; spaces go with the letter before them. */
function partsByCell(line: GlyphLine, table: RuledTable): Map<RuledCell, Glyph[]> {
  const parts = new Map<RuledCell, Glyph[]>();
  let cell: RuledCell | undefined;
  for (const glyph of line) {
    if (isDrawn(glyph)) cell = cellAt(table, glyph);
    if (cell === undefined) continue;
    const part = parts.get(cell);
    if (part === undefined) parts.set(cell, [glyph]);
    else part.push(glyph);
  }
  return parts;
}

function rowOf(table: RuledTable, texts: ReadonlyMap<RuledCell, Glyph[]>, row: number): Glyph[] {
  const glyphs: Glyph[] = [];
  const [any] = [...texts.values()].flat();
  for (const [column, cell] of (table.cells[row] ?? []).entries()) {
    const text = texts.get(cell) ?? [];
    const isFirst = cell.row === row && cell.column === column;
    const isShown = isFirst || (text.length <= LONGEST_REPEATED && !isWhole(cell, table));
    const beside = glyphs.at(-1) ?? any;
    if (column > 0 && beside !== undefined) glyphs.push(barBehind(beside));
    if (isShown) glyphs.push(...withoutEnds(text));
  }
  return glyphs;
}

/** Whether a cell is all of its rows, as a caption is. */
function isWhole({ columns }: RuledCell, { xs }: RuledTable): boolean {
  return columns === xs.length - 1;
}
