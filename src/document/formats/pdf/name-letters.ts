import { UNKNOWN } from "../symbol-fonts.ts";
import { isControl } from "./clean.ts";
import type { Glyph, PageGlyphs } from "./glyphs.ts";
import { chooseByWidth } from "./ligatures.ts";
import type { PdfFile } from "./pdf-file.ts";
import { withMemory } from "./pdfium.ts";

/** Longer names of fonts are cut. Bytes. */
const LONGEST_NAME = 256;

/**
 * A page's characters, with the letters that their fonts tell where PDFium knows none, or but one of a ligature. U+FFFD
 * stands for what nobody knows and PDFium gives as a control character, so that 20 µg do not become 20 g.
 */
export function nameLetters(file: PdfFile, read: PageGlyphs): PageGlyphs {
  const ligatures = file.ligatures();
  if (ligatures.size === 0 && read.glyphs.every(({ isKnown }) => isKnown)) return read;
  const names = new Map<number, string>();
  const named = (glyph: Glyph): Glyph => {
    if (glyph.object === 0 || (glyph.isKnown && ligatures.size === 0)) return glyph;
    const name = names.get(glyph.object) ?? fontOf(file, glyph.object);
    names.set(glyph.object, name);
    if (glyph.isKnown) return chooseByWidth(glyph, ligatures.get(name)?.get(glyph.text) ?? []);
    // Where PDFium knows no letter, it gives the code.
    const text = file.letters().get(name)?.(glyph.text.charCodeAt(0));
    if (text === undefined) return isControl(glyph.text) ? { ...glyph, text: UNKNOWN } : glyph;
    return { ...glyph, text, isKnown: true };
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
