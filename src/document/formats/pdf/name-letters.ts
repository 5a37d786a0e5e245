import type { Glyph, PageGlyphs } from "./glyphs.ts";
import type { PdfFile } from "./pdf-file.ts";
import { withMemory } from "./pdfium.ts";

/** Longer names of fonts are cut. Bytes. */
const LONGEST_NAME = 256;

/** A page's characters, with the letters that their fonts tell where PDFium knows none. */
export function nameLetters(file: PdfFile, read: PageGlyphs): PageGlyphs {
  if (read.glyphs.every(({ isKnown }) => isKnown)) return read;
  const names = new Map<number, string>();
  const named = (glyph: Glyph): Glyph => {
    if (glyph.isKnown) return glyph;
    const name = names.get(glyph.object) ?? fontOf(file, glyph.object);
    names.set(glyph.object, name);
    // Where PDFium knows no letter, it gives the code.
    const text = file.letters().get(name)?.(glyph.text.charCodeAt(0));
    return text === undefined ? glyph : { ...glyph, text, isKnown: true };
  };
  return { ...read, glyphs: read.glyphs.map(named) };
}

/** The name of the font of an FPDF_PAGEOBJECT; "" where it has none. */
function fontOf({ pdfium }: PdfFile, object: number): string {
  const font = pdfium.FPDFTextObj_GetFont(object);
  const name = withMemory(pdfium, LONGEST_NAME, (pointer) => {
    const size = font === 0 ? 0 : pdfium.FPDFFont_GetBaseFontName(font, pointer, LONGEST_NAME);
    const bytes = pdfium.pdfium.HEAPU8.subarray(
      pointer,
      pointer + Math.max(0, Math.min(size, LONGEST_NAME) - 1),
    );
    return Buffer.from(bytes).toString("latin1");
  });
  return name ?? "";
}
