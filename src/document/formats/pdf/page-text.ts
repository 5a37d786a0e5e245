import { drawFilledIn, placeValues, rowsFrom } from "./form-values.ts";
import type { PdfFile } from "./pdf-file.ts";
import type { Pdfium } from "./pdfium.ts";
import { LINE_END, onText, type RawLine, readLines } from "./text-lines.ts";

/** A page as PDFium gives it, line by line; U+FFFE stands where a hyphen ended a line. */
export type RawPage = {
  /** As printed, where the file says so. */
  readonly label: string | undefined;
  readonly lines: readonly RawLine[];
  /** What is drawn on it; "unreadable" when PDFium could not load the page. */
  readonly content: "text" | "pictures" | "nothing" | "unreadable";
};

/** Reads one page's text in PDFium's reading order, with what was filled in on it; `index` counts from 0. */
export function readPage(file: PdfFile, index: number): RawPage {
  const { pdfium } = file;
  const label = file.label(index);
  const printed = onPage(file, index, (page) => {
    const lines = onText(pdfium, page, readLines);
    if (lines === undefined) return undefined;
    return { lines, content: contentOf(pdfium, page, lines), isFilledIn: drawFilledIn(pdfium, page) };
  });
  if (printed === undefined) return { label, lines: [], content: "unreadable" };
  const { lines, content, isFilledIn } = printed;
  const whole = isFilledIn ? readFilledIn(file, index, lines) : undefined;
  return whole === undefined ? { label, lines, content } : { label, lines: whole, content: "text" };
}

/** The lines of a page that was read and then drawn upon; undefined when that added no text. */
function readFilledIn(file: PdfFile, index: number, printed: readonly RawLine[]): RawLine[] | undefined {
  const before = printed.map(({ text }) => text).join(LINE_END);
  return onPage(file, index, (page) =>
    onText(file.pdfium, page, (text, heightOf) => {
      if (!text.startsWith(before)) return readLines(text, heightOf);
      const values = rowsFrom(before.length, text, heightOf);
      return values.length === 0 ? undefined : placeValues(printed, values);
    }),
  );
}

/** Undefined when PDFium cannot load the page. */
function onPage<T>({ pdfium, handle }: PdfFile, index: number, use: (page: number) => T): T | undefined {
  const page = pdfium.FPDF_LoadPage(handle, index);
  if (page === 0) return undefined;
  try {
    return use(page);
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
