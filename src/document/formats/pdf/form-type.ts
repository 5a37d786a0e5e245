import type { PdfFile } from "./pdf-file.ts";

/** FORMTYPE_XFA_FULL and FORMTYPE_XFA_FOREGROUND (fpdf_formfill.h). */
const XFA_FORMS: readonly number[] = [2, 3];

/** One sentence where a PDF is a form of a kind that is not read. */
export function describeForm(file: PdfFile): string[] {
  if (!XFA_FORMS.includes(file.pdfium.FPDF_GetFormType(file.handle))) return [];
  return ["is an XFA form, which only Adobe's programs show: print it to a new PDF there"];
}
