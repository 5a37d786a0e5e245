import { glyphLines, isDrawn } from "./glyph-lines.ts";
import type { Glyph, PageBox, PageGlyphs } from "./glyphs.ts";
import { holds, type PageShapes, type Shape } from "./shapes.ts";

/** Smaller letters cannot be read. Points. */
const LEAST_SIZE = 1.5;
/** Pictures that make a page a scan cover at least this share of it. */
const SCAN_SHARE = 0.3;
/** The middle of a letter above its baseline, in font sizes. */
const MIDDLE = 0.25;

/** Which characters of a page a reader does not see: drawn in no colour, white on white, tiny, covered, or outside. */
export function findUnseen({ glyphs, box }: PageGlyphs, drawn: PageShapes): ReadonlySet<Glyph> {
  if (box === undefined) return new Set();
  const letters = glyphs.filter(isDrawn);
  const covers = drawn.shapes.filter(({ isOpaque }) => isOpaque);
  const outside = outsideLines(glyphs, box);
  const unseen = letters.filter((glyph) => outside.has(glyph) || isUnseen(glyph, { drawn, covers }));
  // The text of a scan is drawn unseen, above its picture or below it.
  const isScan = unseen.length * 2 >= letters.length && pictureShare(drawn.shapes, box) >= SCAN_SHARE;
  return new Set(isScan ? [] : unseen);
}

/** The characters of lines that stand outside of the page as a whole; a line that runs off it is only too long. */
function outsideLines(glyphs: readonly Glyph[], { left, right, top, bottom }: PageBox): Set<Glyph> {
  const outside = new Set<Glyph>();
  for (const line of glyphLines(glyphs)) {
    const drawn = line.filter(isDrawn);
    const isInside = drawn.some((glyph) => {
      const y = glyph.base + MIDDLE * glyph.size;
      return glyph.right > left && glyph.left < right && y > bottom && y < top;
    });
    if (!isInside) for (const glyph of drawn) outside.add(glyph);
  }
  return outside;
}

type Surroundings = {
  readonly drawn: PageShapes;
  readonly covers: readonly Shape[];
};

function isUnseen(glyph: Glyph, { drawn, covers }: Surroundings): boolean {
  if (glyph.size < LEAST_SIZE) return true;
  const ink = drawn.inks.get(glyph.object);
  // Text in a form of its own (FPDF_PAGEOBJ_FORM) is not among the page's objects.
  if (ink === undefined) return false;
  if (ink.isInvisible) return true;
  if (covers.some((cover) => cover.order > ink.order && holds(cover, glyph, MIDDLE))) return true;
  return (
    ink.isWhite && !drawn.shapes.some((shape) => isGround(shape, ink.order) && holds(shape, glyph, MIDDLE))
  );
}

/** Whether white letters can be read on it. */
function isGround({ order, isWhite, kind }: Shape, before: number): boolean {
  return order < before && (kind === "picture" || !isWhite);
}

function pictureShare(shapes: readonly Shape[], box: PageBox): number {
  const pictures = shapes.filter(({ kind }) => kind === "picture");
  const areas = pictures.map((one) => (one.right - one.left) * (one.top - one.bottom));
  return areas.reduce((sum, area) => sum + area, 0) / ((box.right - box.left) * (box.top - box.bottom));
}
