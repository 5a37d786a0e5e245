import type { PdfFile } from "./pdf-file.ts";
import { type Pdfium, readFloats, readUtf16, withMemory } from "./pdfium.ts";

/** A page as PDFium gives it, line by line; U+FFFE stands where a hyphen ended a line. */
export type RawPage = {
  /** As printed, where the file says so. */
  readonly label: string | undefined;
  readonly lines: readonly RawLine[];
  /** What is drawn on it; "unreadable" when PDFium could not load the page. */
  readonly content: "text" | "pictures" | "nothing" | "unreadable";
};

export type RawLine = {
  readonly text: string;
  /** Height of the line's first character on the page, 0 = bottom, 1 = top; undefined where PDFium does not say. */
  readonly height: number | undefined;
};

/** Reads one page's text in PDFium's reading order; `index` counts from 0. */
export function readPage(file: PdfFile, index: number): RawPage {
  const { pdfium } = file;
  const label = file.label(index);
  const page = pdfium.FPDF_LoadPage(file.handle, index);
  if (page === 0) return { label, lines: [], content: "unreadable" };
  try {
    const lines = readLines(pdfium, page);
    if (lines === undefined) return { label, lines: [], content: "unreadable" };
    return { label, lines, content: contentOf(pdfium, page, lines) };
  } finally {
    pdfium.FPDF_ClosePage(page);
  }
}

/** Objects are looked at on nearly empty pages only: on the others it makes no difference and costs time. */
function contentOf(pdfium: Pdfium, page: number, lines: readonly RawLine[]): RawPage["content"] {
  if (lines.length > 5) return "text";
  const objects = pdfium.FPDFPage_CountObjects(page);
  if (objects === 0) return "nothing";
  const types = Array.from({ length: objects }, (_, i) =>
    pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, i)),
  );
  const hasText = lines.some(({ text }) => /\S/.test(text));
  // FPDF_PAGEOBJ_IMAGE, SHADING and FORM (fpdf_edit.h); where no text is, drawn lines (PATH, 2) may be its outlines.
  return types.some((type) => type >= 3) || !hasText ? "pictures" : "text";
}

function readLines(pdfium: Pdfium, page: number): RawLine[] | undefined {
  const textPage = pdfium.FPDFText_LoadPage(page);
  if (textPage === 0) return undefined;
  try {
    const text = readText(pdfium, textPage);
    const heightOf = heights(pdfium, page, textPage);
    let start = 0;
    return text.split("\r\n").map((line) => {
      const height = heightOf(start + (line.length - line.trimStart().length));
      start += line.length + 2;
      return { text: line, height };
    });
  } finally {
    pdfium.FPDFText_ClosePage(textPage);
  }
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

/** How to find the height of the character at an offset of the page's text. */
function heights(pdfium: Pdfium, page: number, textPage: number): (offset: number) => number | undefined {
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
