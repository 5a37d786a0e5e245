import { type GlyphLine, isDrawn, usualSize } from "./glyph-lines.ts";
import type { Glyph, PageBox } from "./glyphs.ts";
import { lineText } from "./line-text.ts";

/** Where a line stands on its page, in points. */
export type Place = {
  readonly left: number;
  readonly right: number;
  /** Height of its baseline. */
  readonly base: number;
  /** Of its letters. */
  readonly size: number;
};

/** A line of a page; U+FFFE stands where a hyphen ended a line of it. */
export type RawLine = {
  readonly text: string;
  /** Height of the line's first character on the page, 0 = bottom, 1 = top; undefined where PDFium does not say. */
  readonly height: number | undefined;
  readonly place?: Place;
  /** Of a footnote; absent elsewhere. */
  readonly isNote?: true;
  /** A number that begins the line, and the gap behind it in font sizes; infinite when nothing else is there. */
  readonly number?: { readonly digits: string; readonly gap: number };
};

export function isBlank({ text }: RawLine): boolean {
  return !/\S/.test(text);
}

/** The middle of letters above their baseline, in font sizes. */
const MIDDLE = 0.25;

export function rawLine(line: GlyphLine, box: PageBox | undefined): RawLine {
  const text = lineText(line);
  const drawn = line.filter(isDrawn);
  const [first] = drawn;
  const size = usualSize(line);
  if (box === undefined || first === undefined || size === undefined) return { text, height: undefined };
  let { left, right } = first;
  for (const glyph of drawn) {
    if (glyph.left < left) left = glyph.left;
    if (glyph.right > right) right = glyph.right;
  }
  const place = { left, right, base: first.base, size };
  const height = heightOn(box, first);
  const number = numberOf(line, text);
  return number === undefined ? { text, height, place } : { text, height, place, number };
}

/** The middle of a character as a share of the page's height; see {@link RawLine.height}. */
export function heightOn({ top, bottom }: PageBox, { base, size }: Pick<Glyph, "base" | "size">): number {
  return (base + MIDDLE * size - bottom) / (top - bottom);
}

function numberOf(line: GlyphLine, text: string): RawLine["number"] {
  const digits = /^\s*(\d{1,4})(?=\s|$)/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const drawn = line.filter(isDrawn);
  const last = drawn[digits.length - 1];
  const next = drawn[digits.length];
  if (last === undefined) return undefined;
  return {
    digits,
    gap: next === undefined ? Number.POSITIVE_INFINITY : (next.left - last.right) / last.size,
  };
}
