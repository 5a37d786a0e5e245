import type { Box, PagePicture } from "../../evidence/evidence.ts";
import { locateQuote, type Run } from "../../evidence/locate-quote.ts";
import { readAnnotations } from "./annotations.ts";
import { drawFilledIn } from "./form-values.ts";
import { readText } from "./glyphs.ts";
import { onPage } from "./page-text.ts";
import type { PdfFile } from "./pdf-file.ts";
import { type Pdfium, readFloats, withMemory } from "./pdfium.ts";
import { encodePng } from "./png.ts";

/** Pixels a point: 115 to the inch, which is read with ease and zoomed into a little. */
const SCALE = 1.6;
/** Larger pages are made smaller. */
const MOST_PIXELS = 1.6e6;
/** FPDF_ANNOT: with annotations (fpdfview.h). */
const WITH_ANNOTATIONS = 1;
const WHITE = 0xffffffff;

/** Quotes on a page, by the parsed text of that page. */
export type QuotedPage = {
  /** Counted from 1. */
  readonly number: number;
  readonly parsed: string;
  readonly quotes: readonly (Run & { readonly id: number })[];
};

/** Draws a page and marks its quotes; undefined when PDFium cannot draw it. */
export function drawPage(file: PdfFile, quoted: QuotedPage): Omit<PagePicture, "path"> | undefined {
  const index = quoted.number - 1;
  // What was filled in is drawn and read as what was printed is.
  onPage(file, index, (page) => readAnnotations(file, page).isFilledIn && drawFilledIn(file.pdfium, page));
  return onPage(file, index, (page) => {
    const size = sizeOf(file.pdfium, page);
    const png = size === undefined ? undefined : draw(file.pdfium, page, size);
    if (size === undefined || png === undefined) return undefined;
    const marks = marksOf({ pdfium: file.pdfium, page, size }, quoted);
    return { page: quoted.number, ...size, png, marks };
  });
}

type Size = Pick<PagePicture, "width" | "height">;
type Drawn = { readonly pdfium: Pdfium; readonly page: number; readonly size: Size };

/** Undefined for a page without an extent. */
function sizeOf(pdfium: Pdfium, page: number): Size | undefined {
  const [across, up] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)];
  if (!(across > 0 && up > 0)) return undefined;
  const scale = Math.min(SCALE, Math.sqrt(MOST_PIXELS / (across * up)));
  const pixels = (points: number): number => Math.max(1, Math.min(MOST_PIXELS, Math.floor(points * scale)));
  return { width: pixels(across), height: pixels(up) };
}

function draw(pdfium: Pdfium, page: number, { width, height }: Size): Uint8Array | undefined {
  const bitmap = pdfium.FPDFBitmap_Create(width, height, 0);
  if (bitmap === 0) return undefined;
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, WITH_ANNOTATIONS);
    const strideBytes = pdfium.FPDFBitmap_GetStride(bitmap);
    const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
    const bgrx = pdfium.pdfium.HEAPU8.subarray(start, start + strideBytes * height);
    return encodePng({ width, height, strideBytes, bgrx });
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}

function marksOf(drawn: Drawn, { parsed, quotes }: QuotedPage): PagePicture["marks"] {
  const textPage = drawn.pdfium.FPDFText_LoadPage(drawn.page);
  if (textPage === 0) return quotes.map(({ id }) => ({ id, found: "none", boxes: [] }));
  try {
    const text = readText(drawn.pdfium, textPage);
    return quotes.map(({ id, ...quote }) => {
      const { found, runs } = locateQuote({ parsed, quote, page: text });
      return { id, found, boxes: runs.flatMap((run) => joined(boxesOf({ ...drawn, textPage }, run))) };
    });
  } finally {
    drawn.pdfium.FPDFText_ClosePage(textPage);
  }
}

function boxesOf({ textPage, ...drawn }: Drawn & { readonly textPage: number }, run: Run): Box[] {
  const { pdfium } = drawn;
  const calls = pdfium.pdfium.wasmExports;
  const boxes = withMemory(pdfium, 24, (pointer) =>
    Array.from({ length: run.end - run.start }, (_, i) => {
      const index = calls.FPDFText_GetCharIndexFromTextIndex(textPage, run.start + i);
      // Spaces and line ends that PDFium adds are drawn by nothing.
      if (index < 0 || calls.FPDFText_GetTextObject(textPage, index) === 0) return [];
      if (calls.FPDFText_GetLooseCharBox(textPage, index, pointer) !== 1) return [];
      // FS_RECTF: left, top, right, bottom (fpdfview.h).
      const [left = 0, top = 0, right = 0, bottom = 0] = readFloats(pdfium, pointer, 4);
      return boxBetween(
        toPixels(drawn, pointer, { x: left, y: top }),
        toPixels(drawn, pointer, { x: right, y: bottom }),
      );
    }),
  );
  return boxes?.flat() ?? [];
}

type Point = { readonly x: number; readonly y: number };

/** A point of the page, in points, as the picture has it; PDFium knows how the page is turned and cut. */
function toPixels({ pdfium, page, size }: Drawn, pointer: number, { x, y }: Point): Point {
  pdfium.FPDF_PageToDevice(page, 0, 0, size.width, size.height, 0, x, y, pointer, pointer + 4);
  const view = new DataView(pdfium.pdfium.HEAPU8.buffer, pointer, 8);
  return { x: view.getInt32(0, true), y: view.getInt32(4, true) };
}

/** None for characters without an extent. */
function boxBetween(one: Point, other: Point): Box[] {
  const [width, height] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
  if (width === 0 || height === 0) return [];
  return [{ x: Math.min(one.x, other.x), y: Math.min(one.y, other.y), width, height }];
}

/** Boxes of characters as boxes of words and lines: those that follow one another in a line become one. */
function joined(boxes: readonly Box[]): Box[] {
  const lines: Box[] = [];
  for (const box of boxes) {
    const line = lines.at(-1);
    if (line === undefined || !follows(line, box)) lines.push(box);
    else lines[lines.length - 1] = around(line, box);
  }
  return lines;
}

function follows(line: Box, box: Box): boolean {
  const middle = box.y + box.height / 2;
  const isInLine = middle > line.y && middle < line.y + line.height;
  const gap = box.x - (line.x + line.width);
  return isInLine && gap < 2 * line.height && box.x + box.width > line.x;
}

function around(one: Box, other: Box): Box {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  const right = Math.max(one.x + one.width, other.x + other.width);
  const bottom = Math.max(one.y + one.height, other.y + other.height);
  return { x, y, width: right - x, height: bottom - y };
}
