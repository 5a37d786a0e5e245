import { type Pdfium, readFloats, readUtf16, withMemory } from "./pdfium.ts";

/** A character of a page and where it stands; lengths in points from the page's lower left corner. */
export type Glyph = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** How far it goes along its line, where that goes up or down the page; absent elsewhere. */
  readonly along?: number;
  /** Height of its baseline. */
  readonly base: number;
  /** Of its font, as drawn. */
  readonly size: number;
  /** FPDF_PAGEOBJECT that draws it; 0 for spaces and line ends that PDFium adds. */
  readonly object: number;
  /** False where its font does not say which letter it is. */
  readonly isKnown: boolean;
};

/** A page's edges in points. */
export type PageBox = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** A page's characters in PDFium's reading order. */
export type PageGlyphs = {
  /** PDFium's own text; `glyphs` has an entry for each of its UTF-16 units. */
  readonly text: string;
  readonly glyphs: readonly Glyph[];
  /** Undefined for a turned page: the text's own axes are not the reader's there. */
  readonly box: PageBox | undefined;
};

/** Reads the text of an open page; undefined when PDFium cannot. About 3 µs a character. */
export function readGlyphs(pdfium: Pdfium, page: number): PageGlyphs | undefined {
  const textPage = pdfium.FPDFText_LoadPage(page);
  if (textPage === 0) return undefined;
  try {
    const text = readText(pdfium, textPage);
    const glyphs =
      withMemory(pdfium, 32, (pointer) => placeGlyphs({ pdfium, textPage, pointer }, text)) ?? [];
    return { text, glyphs, box: readBox(pdfium, page) };
  } finally {
    pdfium.FPDFText_ClosePage(textPage);
  }
}

export function readText(pdfium: Pdfium, textPage: number): string {
  const characters = pdfium.FPDFText_CountChars(textPage);
  if (characters <= 0) return "";
  // A character outside the BMP takes two units; the last unit is the NUL.
  const sizeBytes = 2 * (2 * characters + 1);
  const text = withMemory(pdfium, sizeBytes, (pointer) => {
    const units = pdfium.FPDFText_GetText(textPage, 0, characters, pointer);
    return readUtf16(pdfium, pointer, Math.max(0, units - 1));
  });
  return text ?? "";
}

/** The edges of an open page; undefined for a turned one. */
export function readBox(pdfium: Pdfium, page: number): PageBox | undefined {
  if (pdfium.FPDFPage_GetRotation(page) !== 0) return undefined;
  // FS_RECTF: left, top, right, bottom (fpdfview.h).
  const box = withMemory(pdfium, 16, (pointer) =>
    pdfium.FPDF_GetPageBoundingBox(page, pointer) ? readFloats(pdfium, pointer, 4) : undefined,
  );
  const [left = 0, top = 0, right = 0, bottom = 0] = box ?? [];
  return top > bottom && right > left ? { left, top, right, bottom } : undefined;
}

/** An open text page, and 32 bytes of PDFium's memory to ask it with. */
type Asking = { readonly pdfium: Pdfium; readonly textPage: number; readonly pointer: number };

function placeGlyphs(asking: Asking, text: string): Glyph[] {
  const { textPage } = asking;
  const calls = asking.pdfium.pdfium.wasmExports;
  const drawn = new Map<number, Drawing>();
  const glyphs: Glyph[] = [];
  let view = memoryOf(asking);
  for (let unit = 0; unit < text.length; unit++) {
    const index = calls.FPDFText_GetCharIndexFromTextIndex(textPage, unit);
    const object = index < 0 ? 0 : calls.FPDFText_GetTextObject(textPage, index);
    const letter = text.charAt(unit);
    if (object === 0) {
      glyphs.push({ text: letter, left: 0, right: 0, base: 0, size: 0, object, isKnown: true });
      continue;
    }
    const { size, isTurned } = drawn.get(object) ?? drawingOf(asking, index);
    drawn.set(object, { size, isTurned });
    const isKnown = calls.FPDFText_HasUnicodeMapError(textPage, index) !== 1;
    if (!askPlace(asking, index)) {
      glyphs.push({ text: letter, left: 0, right: 0, base: 0, size, object, isKnown });
      continue;
    }
    if (view.buffer.byteLength === 0) view = memoryOf(asking);
    const [left, base] = [view.getFloat64(0, true), view.getFloat64(8, true)];
    const glyph = { text: letter, left, right: view.getFloat32(24, true), base, size, object, isKnown };
    const along = isTurned ? view.getFloat32(20, true) - view.getFloat32(28, true) : 0;
    glyphs.push(isTurned ? { ...glyph, along } : glyph);
  }
  return glyphs;
}

/** Has PDFium write two doubles, and an FS_RECTF behind them: left, top, right, bottom. False where it cannot. */
function askPlace({ pdfium, textPage, pointer }: Asking, index: number): boolean {
  const calls = pdfium.pdfium.wasmExports;
  return (
    calls.FPDFText_GetCharOrigin(textPage, index, pointer, pointer + 8) === 1 &&
    calls.FPDFText_GetLooseCharBox(textPage, index, pointer + 16) === 1
  );
}

/** PDFium may move its memory at any call: the old one has no bytes then. */
function memoryOf({ pdfium, pointer }: Asking): DataView {
  return new DataView(pdfium.pdfium.HEAPU8.buffer, pointer, 32);
}

/** No letter is so many times as wide as its size is said to be. */
const WIDEST = 4;

/** How a text object is drawn: in what size, and whether its lines go up or down the page. */
type Drawing = { readonly size: number; readonly isTurned: boolean };

/** The font's size times what its matrix makes of a unit upwards; the height of its box where its letters are far wider. */
function drawingOf(asking: Asking, index: number): Drawing {
  const { textPage, pointer } = asking;
  const calls = asking.pdfium.pdfium.wasmExports;
  let size = calls.FPDFText_GetFontSize(textPage, index);
  let isTurned = false;
  if (calls.FPDFText_GetMatrix(textPage, index, pointer) === 1) {
    // FS_MATRIX: a, b, c, d, e, f (fpdfview.h).
    const matrix = memoryOf(asking);
    size *= Math.hypot(matrix.getFloat32(8, true), matrix.getFloat32(12, true));
    isTurned = Math.abs(matrix.getFloat32(4, true)) > Math.abs(matrix.getFloat32(0, true));
  }
  // Type 3 fonts have a matrix of their own, which PDFium does not tell: those of scans and of dvips are said to be tiny.
  if (calls.FPDFText_GetLooseCharBox(textPage, index, pointer) !== 1) return { size, isTurned };
  // FS_RECTF: left, top, right, bottom (fpdfview.h).
  const box = memoryOf(asking);
  const width = box.getFloat32(8, true) - box.getFloat32(0, true);
  const height = box.getFloat32(4, true) - box.getFloat32(12, true);
  return { size: width > WIDEST * size ? Math.max(size, height) : size, isTurned };
}
