import { isDrawn } from "./glyph-lines.ts";
import type { Part } from "./line-parts.ts";

/** Fewer signs do not tell. */
const LEAST_SIGNS = 4;
/** Share of the signs that are as wide as the one in the middle of all, and how far widths differ. Font sizes. */
const LEAST_SAME = 0.75;
const SAME_WIDTH = 0.02;
/** Figures are of one width in most fonts. */
const SIGN = /[!-/:-~]/;

/** Whether almost all letters and signs of some parts have one width, as those of code do. */
export function isMonospaced(parts: readonly Part[]): boolean {
  const signs = parts.flatMap(({ glyphs }) =>
    glyphs.filter((glyph) => SIGN.test(glyph.text) && isDrawn(glyph)),
  );
  if (signs.length < LEAST_SIGNS) return false;
  const widths = signs.map(({ left, right, size }) => (right - left) / size).sort((a, b) => a - b);
  const middle = widths[Math.floor(widths.length / 2)] ?? 0;
  return widths.filter((width) => Math.abs(width - middle) < SAME_WIDTH).length > LEAST_SAME * widths.length;
}
