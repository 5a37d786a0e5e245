import { type Annotations, readAnnotations } from "./annotations.ts";
import { drawFilledIn, keepsWords, placeValues, rowsFrom } from "./form-values.ts";
import { type PageGlyphs, readGlyphs } from "./glyphs.ts";
import { nameLetters } from "./name-letters.ts";
import { type Aside, layLines, valueLines } from "./page-lines.ts";
import type { PdfFile } from "./pdf-file.ts";
import type { Pdfium } from "./pdfium.ts";
import { heightOn, isBlank, type RawLine } from "./raw-line.ts";
import { isScan } from "./scan.ts";
import { readShapes } from "./shapes.ts";

/** A page as PDFium gives it, line by line; U+FFFE stands where a hyphen ended a line. */
export type RawPage = {
  /** As printed, where the file says so. */
  readonly label: string | undefined;
  readonly lines: readonly RawLine[];
  /**
   * What is drawn on it; "unreadable" when PDFium could not load the page, "unmapped" when its fonts do not say which
   * letters most of its characters are.
   */
  readonly content: "text" | "pictures" | "nothing" | "unreadable" | "unmapped";
  readonly aside: Aside;
  /** Whether it is a picture with no more than a stamp or a header printed on it; absent where it is not. */
  readonly isScan?: true;
  /** In per cent, where lines were recognised in the page's picture. */
  readonly confidence?: number;
  /** Whether files are pinned to it. */
  readonly hasFiles?: boolean;
};

/** Reads one page's text, with what was filled in on it; `index` counts from 0. */
export function readPage(file: PdfFile, index: number): RawPage {
  const label = file.label(index);
  const printed = onPage(file, index, (page) => readPrinted(file, page));
  if (printed === undefined) {
    const aside = { unseen: [], struck: [], comments: [], unmapped: 0, unmappedParts: [] };
    return { label, lines: [], content: "unreadable", aside };
  }
  const whole = printed.isFlat ? readFilledIn(file, index, printed) : undefined;
  return { label, ...printed.page, ...(whole === undefined ? {} : { lines: whole, content: "text" }) };
}

type Printed = {
  readonly page: Omit<RawPage, "label">;
  /** PDFium's own. */
  readonly text: string;
  readonly annotations: Annotations;
  /** Whether fields were drawn upon the page, so that it has to be read again. */
  readonly isFlat: boolean;
};

function readPrinted(file: PdfFile, page: number): Printed | undefined {
  const { pdfium } = file;
  const drawn = readGlyphs(pdfium, page);
  if (drawn === undefined) return undefined;
  const read = nameLetters(file, drawn);
  const annotations = readAnnotations(file, page);
  const shapes = readShapes(pdfium, page);
  const { lines, aside } = layLines(read, shapes, annotations);
  const isUnmapped = aside.unmapped > 0 && lines.every(isBlank);
  const content = isUnmapped ? "unmapped" : contentOf(pdfium, page, lines);
  // Asked before fields are drawn upon the page.
  const scan = isScan(read, shapes, lines) ? { isScan: true as const } : {};
  const isFlat = annotations.isFilledIn && drawFilledIn(pdfium, page);
  return {
    page: { lines, content, aside, hasFiles: annotations.hasFiles, ...scan },
    text: read.text,
    annotations,
    isFlat,
  };
}

/** Ticks are told by their fields. */
const TICKS = /^[\s✓✔✕✖✗✘☑☒●•■▪]+$/u;

/** The lines of a page that was read and then drawn upon; undefined when that added no text. */
function readFilledIn(
  file: PdfFile,
  index: number,
  { page: before, ...printed }: Printed,
): RawLine[] | undefined {
  const { drawn } = printed.annotations;
  return onPage(file, index, (page) => {
    const read = readGlyphs(file.pdfium, page);
    if (read === undefined) return undefined;
    if (!read.text.startsWith(printed.text)) {
      if (keepsWords(printed.text, read.text))
        return layLines(read, readShapes(file.pdfium, page), printed.annotations).lines;
      // PDFium takes the form's fonts for those of the page.
      return drawn.length === 0 ? undefined : placeValues(before.lines, valueLines(drawn, read.box));
    }
    const rows = rowsFrom(printed.text.length, read.text, (offset) => heightAt(read, offset));
    const values = rows.filter(({ text }) => !TICKS.test(text));
    return values.length === 0 ? undefined : placeValues(before.lines, values);
  });
}

function heightAt({ glyphs, box }: PageGlyphs, offset: number): number | undefined {
  const glyph = glyphs[offset];
  if (glyph === undefined || box === undefined) return undefined;
  return heightOn(box, glyph);
}

/** Lends an open page; undefined when PDFium cannot load it. `index` counts from 0. */
export function onPage<T>(
  { pdfium, handle }: PdfFile,
  index: number,
  use: (page: number) => T,
): T | undefined {
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
  const hasText = !lines.every(isBlank);
  // FPDF_PAGEOBJ_IMAGE, SHADING and FORM (fpdf_edit.h); where no text is, drawn lines (PATH, 2) may be its outlines.
  return types.some((type) => type >= 3) || !hasText ? "pictures" : "text";
}
