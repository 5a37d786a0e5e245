import { type Pdfium, readFloats, withMemory } from "./pdfium.ts";
import type { RawLine } from "./raw-line.ts";

/** FPDFPage_Flatten's answer and its choice of what is shown on a screen (fpdf_flatten.h). */
const FLATTEN_SUCCESS = 1;
const FLAT_NORMALDISPLAY = 0;
/** Smaller differences in height are within a row. Share of the page's height. */
const WITHIN_ROW = 0.004;
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * Makes what was filled in on a page part of its content, in memory, so that it has text when the page is loaded
 * again. False when PDFium could not do it.
 */
export function drawFilledIn(pdfium: Pdfium, page: number): boolean {
  keepSize(pdfium, page);
  return pdfium.FPDFPage_Flatten(page, FLAT_NORMALDISPLAY) === FLATTEN_SUCCESS;
}

/** Flattening makes a page letter-sized that has its size from the page tree: it is given a size of its own. */
function keepSize(pdfium: Pdfium, page: number): void {
  withMemory(pdfium, 16, (pointer) => {
    if (!pdfium.FPDF_GetPageBoundingBox(page, pointer)) return;
    // FS_RECTF: left, top, right, bottom (fpdfview.h).
    const [left = 0, top = 0, right = 0, bottom = 0] = readFloats(pdfium, pointer, 4);
    if (top > bottom && right > left) pdfium.FPDFPage_SetMediaBox(page, left, bottom, right, top);
  });
}

/** Whether a page's text still has half of its different words after it was drawn upon. */
export function keepsWords(before: string, after: string): boolean {
  const words = new Set(before.match(WORD));
  const left = new Set(after.match(WORD));
  return [...words].filter((word) => left.has(word)).length >= words.size / 2;
}

/** Height on the page of the character at an offset of the page's text; see {@link RawLine.height}. */
export type HeightOf = (offset: number) => number | undefined;

/** The rows of text from an offset on: PDFium gives all values as one line, wherever on the page they stand. */
export function rowsFrom(offset: number, text: string, heightOf: HeightOf): RawLine[] {
  const rows: RawLine[] = [];
  for (const { 0: word, index } of text.slice(offset).matchAll(/\S+/g)) {
    const height = heightOf(offset + index);
    const row = rows.at(-1);
    if (row !== undefined && Math.abs((row.height ?? 0) - (height ?? 0)) < WITHIN_ROW)
      rows[rows.length - 1] = { ...row, text: `${row.text} ${word}` };
    else rows.push({ text: word, height });
  }
  return rows;
}

/** Puts each value after the line that stands nearest above it or beside it, which mostly is its label. */
export function placeValues(printed: readonly RawLine[], values: readonly RawLine[]): RawLine[] {
  const lines = printed.some(({ text }) => /\S/.test(text)) ? [...printed] : [];
  for (const value of values) lines.splice(placeOf(value, lines), 0, value);
  return lines;
}

function placeOf({ height = 0 }: RawLine, lines: readonly RawLine[]): number {
  let place = lines.length;
  let nearest = Number.POSITIVE_INFINITY;
  for (const [i, line] of lines.entries()) {
    const above = (line.height ?? Number.POSITIVE_INFINITY) - height;
    if (above < -WITHIN_ROW || above > nearest) continue;
    nearest = above;
    place = i + 1;
  }
  return place;
}
