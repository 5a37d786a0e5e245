import { type Pdfium, readFloats, readUtf16, withMemory } from "./pdfium.ts";

export type RawLine = {
  readonly text: string;
  /** Height of the line's first character on the page, 0 = bottom, 1 = top; undefined where PDFium does not say. */
  readonly height: number | undefined;
};

/** Height on the page of the character at an offset of the page's text; see {@link RawLine}. */
export type HeightOf = (offset: number) => number | undefined;

/** PDFium's own. */
export const LINE_END = "\r\n";

/** Hands over a page's text and how to find the height of the character at an offset of it. */
export function onText<T>(
  pdfium: Pdfium,
  page: number,
  use: (text: string, heightOf: HeightOf) => T,
): T | undefined {
  const textPage = pdfium.FPDFText_LoadPage(page);
  if (textPage === 0) return undefined;
  try {
    return use(readText(pdfium, textPage), heights(pdfium, page, textPage));
  } finally {
    pdfium.FPDFText_ClosePage(textPage);
  }
}

/** One after the other, in PDFium's reading order. */
export function readLines(text: string, heightOf: HeightOf): RawLine[] {
  let start = 0;
  return text.split(LINE_END).map((line) => {
    const height = heightOf(start + (line.length - line.trimStart().length));
    start += line.length + LINE_END.length;
    return { text: line, height };
  });
}

function readText(pdfium: Pdfium, textPage: number): string {
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

function heights(pdfium: Pdfium, page: number, textPage: number): HeightOf {
  // On a turned page the text's own axes are not the reader's.
  if (pdfium.FPDFPage_GetRotation(page) !== 0) return () => undefined;
  const box = withMemory(pdfium, 16, (pointer) =>
    pdfium.FPDF_GetPageBoundingBox(page, pointer) ? readFloats(pdfium, pointer, 4) : undefined,
  );
  // FS_RECTF: left, top, right, bottom (fpdfview.h).
  const [, top = 0, , bottom = 0] = box ?? [];
  if (top <= bottom) return () => undefined;
  return (offset) => {
    const index = pdfium.FPDFText_GetCharIndexFromTextIndex(textPage, offset);
    if (index < 0) return undefined;
    const looseBox = withMemory(pdfium, 16, (pointer) =>
      pdfium.FPDFText_GetLooseCharBox(textPage, index, pointer) ? readFloats(pdfium, pointer, 4) : undefined,
    );
    const [, charTop = 0, , charBottom = 0] = looseBox ?? [];
    return looseBox === undefined ? undefined : ((charTop + charBottom) / 2 - bottom) / (top - bottom);
  };
}
