import type { PageBox } from "./glyphs.ts";
import type { PdfFile } from "./pdf-file.ts";
import { type Pdfium, readFloats, wideString, withMemory } from "./pdfium.ts";

/** A tick box or radio button of a form. */
export type TickBox = {
  readonly box: PageBox;
  readonly isTicked: boolean;
  readonly name: string | undefined;
};

/** A text, and where on the page it belongs. */
export type Value = { readonly box: PageBox; readonly text: string };

/** What a page's annotations say beside its drawn text; boxes in points. */
export type Annotations = {
  /** Notes of readers, with their author where the file names one. */
  readonly comments: readonly { readonly author: string | undefined; readonly text: string }[];
  readonly tickBoxes: readonly TickBox[];
  /** Values of form fields that no program has drawn. */
  readonly values: readonly Value[];
  /** Those that one has, and what was typed onto the page. */
  readonly drawn: readonly Value[];
  /** Where a reader struck text out. */
  readonly strikes: readonly PageBox[];
  /** Whether flattening would draw text: what was typed onto the page, and form fields. */
  readonly isFilledIn: boolean;
  /** Whether files are pinned to it. */
  readonly hasFiles: boolean;
};

/** FPDF_ANNOT_* (fpdf_annot.h). */
export const PINNED_FILE = 17;
const [LINK, FREETEXT, STRIKEOUT, POPUP, WIDGET] = [2, 3, 12, 16, 20];
/** FPDF_FORMFIELD_* (fpdf_formfill.h). */
const TICKED: readonly number[] = [2, 3];
const VALUED: readonly number[] = [4, 5, 6];
/** FPDF_ANNOT_FLAG_HIDDEN (fpdf_annot.h), and the field flag of passwords (ISO 32000-1, table 228). */
const HIDDEN = 2;
const PASSWORD = 1 << 13;

/** Reads the annotations of an open page. */
export function readAnnotations(file: PdfFile, page: number): Annotations {
  const { pdfium } = file;
  const found = {
    comments: [],
    tickBoxes: [],
    values: [],
    drawn: [],
    strikes: [],
    isFilledIn: false,
    hasFiles: false,
  };
  annotationsOf(pdfium, page, (annotation) => {
    readAnnotation(file, annotation, found);
    return [];
  });
  return found;
}

/** What `use` makes of each annotation of an open page, one list. */
export function annotationsOf<T>(pdfium: Pdfium, page: number, use: (annotation: number) => T[]): T[] {
  return Array.from({ length: pdfium.FPDFPage_GetAnnotCount(page) }, (_, i) => {
    const annotation = pdfium.FPDFPage_GetAnnot(page, i);
    if (annotation === 0) return [];
    const made = use(annotation);
    pdfium.FPDFPage_CloseAnnot(annotation);
    return made;
  }).flat();
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };

function readAnnotation(file: PdfFile, annotation: number, found: Mutable<Annotations>): void {
  const { pdfium } = file;
  const type = pdfium.FPDFAnnot_GetSubtype(annotation);
  if ((pdfium.FPDFAnnot_GetFlags(annotation) & HIDDEN) !== 0) return;
  if (type === PINNED_FILE) found.hasFiles = true;
  if (type === FREETEXT || type === WIDGET) found.isFilledIn = true;
  const box = boxOf(pdfium, annotation);
  if (type === WIDGET && box !== undefined) readField(file, { annotation, box }, found);
  if (type === STRIKEOUT && box !== undefined) found.strikes.push(box);
  if (type === WIDGET || type === LINK || type === POPUP) return;
  // Flattening draws what has a look of its own.
  const text = stringOf(pdfium, annotation, "Contents");
  if (text === undefined) return;
  if (type !== FREETEXT || !hasLook(pdfium, annotation))
    found.comments.push({ author: stringOf(pdfium, annotation, "T"), text });
  else if (box !== undefined) found.drawn.push({ box, text });
}

type Field = { readonly annotation: number; readonly box: PageBox };

function readField(file: PdfFile, { annotation, box }: Field, found: Mutable<Annotations>): void {
  const { pdfium } = file;
  const form = file.form();
  const type = pdfium.FPDFAnnot_GetFormFieldType(form, annotation);
  if (TICKED.includes(type)) {
    const name = wideString(pdfium, (pointer, size) =>
      pdfium.FPDFAnnot_GetFormFieldName(form, annotation, pointer, size),
    );
    // The state that is drawn; FPDFAnnot_IsChecked wants the page in the hands of a viewer.
    const state = stringOf(pdfium, annotation, "AS") ?? "Off";
    found.tickBoxes.push({ box, isTicked: state !== "Off", name });
    return;
  }
  const isSecret = (pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & PASSWORD) !== 0;
  if (!VALUED.includes(type) || isSecret) return;
  const text = wideString(pdfium, (pointer, size) =>
    pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, pointer, size),
  );
  if (text !== undefined) (hasLook(pdfium, annotation) ? found.drawn : found.values).push({ box, text });
}

/** Whether a program has drawn it (FPDF_ANNOT_APPEARANCEMODE_NORMAL). */
function hasLook(pdfium: Pdfium, annotation: number): boolean {
  return pdfium.FPDFAnnot_GetAP(annotation, 0, 0, 0) > 2;
}

function stringOf(pdfium: Pdfium, annotation: number, key: string): string | undefined {
  const text = wideString(pdfium, (pointer, size) =>
    pdfium.FPDFAnnot_GetStringValue(annotation, key, pointer, size),
  );
  return text?.replace(/\s+/gu, " ").trim();
}

function boxOf(pdfium: Pdfium, annotation: number): PageBox | undefined {
  // FS_RECTF: left, top, right, bottom (fpdfview.h).
  const numbers = withMemory(pdfium, 16, (pointer) =>
    pdfium.FPDFAnnot_GetRect(annotation, pointer) ? readFloats(pdfium, pointer, 4) : undefined,
  );
  if (numbers === undefined) return undefined;
  const [left = 0, top = 0, right = 0, bottom = 0] = numbers;
  return { left, right, top: Math.max(top, bottom), bottom: Math.min(top, bottom) };
}
