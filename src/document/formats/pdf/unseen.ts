import { glyphLines, isDrawn } from "./glyph-lines.ts";
import type { Glyph, PageBox, PageGlyphs } from "./glyphs.ts";
import { type Ink, indexShapes, type PageShapes, type Shape } from "./shapes.ts";

/** Smaller letters cannot be read. Points. */
const LEAST_SIZE = 1.5;
/** Pictures that make a page a scan cover at least this share of it. */
const SCAN_SHARE = 0.3;
/** Lower boxes cover no letter. Font sizes. */
const LEAST_COVER = 0.7;
/** The middle of a letter above its baseline, in font sizes. */
const MIDDLE = 0.25;

/** Which characters of a page a reader does not see: drawn in no colour, white on white, tiny, covered, or outside. */
export function findUnseen({ glyphs, box }: PageGlyphs, drawn: PageShapes): ReadonlySet<Glyph> {
  if (box === undefined) return new Set();
  const letters = glyphs.filter(isDrawn);
  const shapesAt = indexShapes(drawn.shapes, box);
  const outside = outsideLines(glyphs, letters, box);
  const unseen = letters.filter(
    (glyph) => outside.has(glyph) || isUnseen(glyph, drawn.inks.get(glyph.object), shapesAt),
  );
  // The text of a scan is drawn unseen, above its picture or below it.
  const isScan = unseen.length * 2 >= letters.length && pictureShare(drawn.shapes, box) >= SCAN_SHARE;
  return new Set(isScan ? [] : unseen);
}

/** The characters of lines that stand outside of the page as a whole; a line that runs off it is only too long. */
function outsideLines(
  glyphs: readonly Glyph[],
  letters: readonly Glyph[],
  { left, right, top, bottom }: PageBox,
): Set<Glyph> {
  const isInside = (glyph: Glyph): boolean => {
    const y = glyph.base + MIDDLE * glyph.size;
    return glyph.right > left && glyph.left < right && y > bottom && y < top;
  };
  const outside = new Set<Glyph>();
  // Most pages need no look at their lines.
  if (letters.every(isInside)) return outside;
  for (const line of glyphLines(glyphs)) {
    const drawn = line.filter(isDrawn);
    if (!drawn.some(isInside)) for (const glyph of drawn) outside.add(glyph);
  }
  return outside;
}

function isUnseen(glyph: Glyph, ink: Ink | undefined, shapesAt: ReturnType<typeof indexShapes>): boolean {
  if (glyph.size < LEAST_SIZE) return true;
  // Text in a form of its own (FPDF_PAGEOBJ_FORM) is not among the page's objects.
  if (ink === undefined) return false;
  if (ink.isInvisible) return true;
  const shapes = shapesAt(glyph, MIDDLE);
  if (ink.isClip) return !shapes.some(({ order }) => order > ink.order);
  if (shapes.some((shape) => shape.order > ink.order && isCover(shape, glyph))) return true;
  return ink.isWhite && !shapes.some((shape) => isGround(shape, ink.order));
}

/** Dots and marks of drawings do not hide a word. */
function isCover({ isOpaque, top, bottom, left, right }: Shape, { size }: Glyph): boolean {
  return isOpaque && top - bottom >= LEAST_COVER * size && right - left >= 2 * size;
}

/** Whether white letters can be read on it. */
function isGround({ order, isWhite, kind }: Shape, before: number): boolean {
  return order < before && (kind !== "path" || !isWhite);
}

function pictureShare(shapes: readonly Shape[], box: PageBox): number {
  const pictures = shapes.filter(({ kind }) => kind === "picture");
  const areas = pictures.map((one) => (one.right - one.left) * (one.top - one.bottom));
  return areas.reduce((sum, area) => sum + area, 0) / ((box.right - box.left) * (box.top - box.bottom));
}
