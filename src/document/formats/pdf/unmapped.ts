import { type GlyphLine, isDrawn } from "./glyph-lines.ts";
import type { PageBox } from "./glyphs.ts";

/** Fewer unmapped characters are rather braces and signs that PDFium guesses right. */
const LEAST_UNMAPPED = 8;
/** A line with this share of unmapped characters is left out, a page with it is not read at all. */
const UNMAPPED_SHARE = 0.5;
/** How far letters reach above and below their baseline, and lines of one paragraph stand apart. Font sizes. */
const ASCENT = 1;
const DESCENT = 0.35;
const LEADING = 2;

/** Whether most of a line's fonts do not say which letters they show. */
export function isUnmapped(line: GlyphLine): boolean {
  const unmapped = unmappedIn(line);
  return unmapped >= LEAST_UNMAPPED && unmapped >= UNMAPPED_SHARE * line.filter(isDrawn).length;
}

export function unmappedIn(line: GlyphLine): number {
  let count = 0;
  for (const glyph of line) if (!glyph.isKnown && isDrawn(glyph)) count += 1;
  return count;
}

/** A part of a page whose letters are not known; its edges as shares of the page's height, too. */
export type UnmappedPart = { readonly box: PageBox; readonly top: number; readonly bottom: number };

/** Where the unmapped ones of a page's lines stand, those of one paragraph in one part. */
export function unmappedParts(lines: readonly GlyphLine[], page: PageBox): UnmappedPart[] {
  const share = (height: number): number => (height - page.bottom) / (page.top - page.bottom);
  return unmappedBoxes(lines).map((box) => ({ box, top: share(box.top), bottom: share(box.bottom) }));
}

function unmappedBoxes(lines: readonly GlyphLine[]): PageBox[] {
  const boxes: PageBox[] = [];
  let isNext = false;
  for (const line of lines) {
    const drawn = line.filter(isDrawn);
    if (!isUnmapped(line)) {
      isNext &&= drawn.length === 0;
      continue;
    }
    const box = boxOf(drawn);
    const last = boxes.at(-1);
    if (isNext && last !== undefined && goesOn(last, box)) boxes[boxes.length - 1] = around(last, box);
    else boxes.push(box);
    isNext = true;
  }
  return boxes;
}

function boxOf(drawn: GlyphLine): PageBox {
  return {
    left: Math.min(...drawn.map(({ left }) => left)),
    right: Math.max(...drawn.map(({ right }) => right)),
    top: Math.max(...drawn.map(({ base, size }) => base + ASCENT * size)),
    bottom: Math.min(...drawn.map(({ base, size }) => base - DESCENT * size)),
  };
}

function goesOn(box: PageBox, next: PageBox): boolean {
  const gap = box.bottom - next.top;
  const isBelow = next.bottom < box.bottom && gap < (LEADING - 1) * (next.top - next.bottom);
  return isBelow && next.left < box.right && next.right > box.left;
}

function around(one: PageBox, other: PageBox): PageBox {
  return {
    left: Math.min(one.left, other.left),
    right: Math.max(one.right, other.right),
    top: Math.max(one.top, other.top),
    bottom: Math.min(one.bottom, other.bottom),
  };
}
