import type { PdfFile } from "./pdf-file.ts";
import { wideString } from "./pdfium.ts";

/** FORMTYPE_XFA_FULL and FORMTYPE_XFA_FOREGROUND (fpdf_formfill.h). */
const XFA_FORMS: readonly number[] = [2, 3];
/** How many attachments a warning names. */
const NAMED = 5;

/** One sentence each for what a PDF holds beside its pages, and is not read: attached files, and an XFA form. */
export function describeBeside(file: PdfFile): string[] {
  const warnings: string[] = [];
  const names = attachmentNames(file);
  if (names.length > 0) {
    const named = names.slice(0, NAMED).map((name) => `"${name}"`);
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
    const what = names.length === 1 ? "1 attached file was" : `${names.length} attached files were`;
    warnings.push(`${what} not read: ${named.join(", ")}${more}`);
  }
  if (XFA_FORMS.includes(file.pdfium.FPDF_GetFormType(file.handle)))
    warnings.push("is an XFA form, which only Adobe's programs show: print it to a new PDF there");
  return warnings;
}

function attachmentNames({ pdfium, handle }: PdfFile): string[] {
  const count = Math.max(0, pdfium.FPDFDoc_GetAttachmentCount(handle));
  return Array.from({ length: count }, (_, i) => {
    const attachment = pdfium.FPDFDoc_GetAttachment(handle, i);
    const name = wideString(pdfium, (pointer, size) =>
      pdfium.FPDFAttachment_GetName(attachment, pointer, size),
    );
    return name ?? "without a name";
  });
}
