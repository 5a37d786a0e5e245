import { type GlyphLine, isDrawn, usualSize } from "./glyph-lines.ts";
import type { Glyph } from "./glyphs.ts";

/** A wider gap may lie between columns. Font sizes. */
export const LEAST_GAP = 1.2;

/** A piece of a line between two gaps; its edges in points. */
export type Part = { readonly glyphs: Glyph[]; readonly left: number; readonly right: number };

/** Whether a line is a row of a table that is laid on it already: it has bars that nobody drew. */
export function isLaid(line: GlyphLine): boolean {
  // PDFium's characters have one unit.
  for (const glyph of line) if (glyph.object === 0 && glyph.text.length > 1) return true;
  return false;
}

/**
 * The pieces of a line between wide gaps (font sizes), from left to right; none for a line on which nothing is drawn, one
 * for a laid row.
 */
export function partsOf(line: GlyphLine, leastGap = LEAST_GAP, size = usualSize(line) ?? 0): Part[] {
  const widest = isLaid(line) ? Number.POSITIVE_INFINITY : leastGap * size;
  const parts: { glyphs: Glyph[]; left: number; right: number }[] = [];
  for (const glyph of line) {
    const part = parts.at(-1);
    const isApart = part === undefined || glyph.left - part.right > widest;
    if (isDrawn(glyph) && isApart) parts.push({ glyphs: [glyph], left: glyph.left, right: glyph.right });
    else if (part !== undefined) {
      part.glyphs.push(glyph);
      if (isDrawn(glyph)) part.right = Math.max(part.right, glyph.right);
    }
  }
  return parts;
}
