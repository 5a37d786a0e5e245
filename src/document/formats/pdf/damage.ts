import { GET_AGAIN } from "../get-again.ts";
import { findBrokenStreams } from "./broken-streams.ts";
import type { PdfFile } from "./pdf-file.ts";

/** How many objects a warning names. */
const NAMED = 5;

/** One sentence each for damage that PDFium passes over without a word. */
export function describeDamage(file: PdfFile, bytes: Uint8Array): string[] {
  const warnings: string[] = [];
  if (!file.pdfium.FPDF_DocumentHasValidCrossReferenceTable(file.handle))
    warnings.push(
      `the file's table of objects is damaged or cut off and was rebuilt: pages or text may be missing; ${GET_AGAIN}`,
    );
  const broken = findBrokenStreams(bytes);
  if (broken.length > 0) {
    const more = broken.length > NAMED ? ` and ${broken.length - NAMED} more` : "";
    const what =
      broken.length === 1 ? "a compressed part is damaged: object" : "compressed parts are damaged: objects";
    warnings.push(
      `${what} ${broken.slice(0, NAMED).join(", ")}${more}; text may be missing or wrong; ${GET_AGAIN}`,
    );
  }
  return warnings;
}
