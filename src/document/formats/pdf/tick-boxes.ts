import type { TickBox } from "./annotations.ts";
import { type GlyphLine, isDrawn } from "./glyph-lines.ts";
import type { Glyph, PageBox } from "./glyphs.ts";

/** A label's baseline lies at most so far below its box. Points. */
const BELOW = 3;
/** And the label stands at most so far to the side of it. Points. */
const BESIDE = 120;

/** Writes "[x] " or "[ ] " before the label at each box's right, else behind the one at its left. */
export function placeTickBoxes(lines: readonly GlyphLine[], boxes: readonly TickBox[]): GlyphLine[] {
  const marked = lines.map((line) => [...line]);
  for (const tickBox of boxes) {
    const { box, isTicked, name } = tickBox;
    const mark = isTicked ? "[x]" : "[ ]";
    const after = nearest(marked, box, ({ left }) => left - box.right);
    const before = after === undefined ? nearest(marked, box, ({ right }) => box.left - right) : undefined;
    if (after !== undefined)
      after.line.splice(after.line.indexOf(after.glyph), 0, markAt(after.glyph, `${mark} `));
    else if (before !== undefined)
      before.line.splice(before.line.indexOf(before.glyph) + 1, 0, markAt(before.glyph, ` ${mark}`));
    else marked.push([markAt(undefined, name === undefined ? mark : `${mark} ${name}`)]);
  }
  return marked;
}

function markAt(glyph: Glyph | undefined, text: string): Glyph {
  const { left = 0, base = 0, size = 0 } = glyph ?? {};
  return { text, left, right: left, base, size, object: 0, isKnown: true };
}

type Place = { readonly line: Glyph[]; readonly glyph: Glyph };

/** The character on the box's row that has the least distance to it. */
function nearest(lines: Glyph[][], box: PageBox, distanceOf: (glyph: Glyph) => number): Place | undefined {
  let found: Place | undefined;
  let least = BESIDE;
  for (const line of lines) {
    for (const glyph of line) {
      if (!isDrawn(glyph) || glyph.base < box.bottom - BELOW || glyph.base > box.top) continue;
      const distance = distanceOf(glyph);
      if (distance < -BELOW || distance >= least) continue;
      least = distance;
      found = { line, glyph };
    }
  }
  return found;
}
