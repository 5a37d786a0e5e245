import { isDrawn } from "./glyph-lines.ts";
import type { PageBox, PageGlyphs } from "./glyphs.ts";
import { isBlank, type RawLine } from "./raw-line.ts";
import type { Ink, PageShapes, Shape } from "./shapes.ts";

/** Pictures that cover at least this share of a page are what it says. */
const LEAST_SHARE = 0.5;
/** So many lines upon them are a stamp or a caption. */
const MOST_LINES = 5;
/** A line so near to the upper or lower edge, as a share of the page's height, is a header or footer. */
const MARGIN = 0.1;

/** Whether a page is a picture with no more than a stamp or a header printed on it. */
export function isScan(
  { glyphs, box }: PageGlyphs,
  { shapes, inks }: PageShapes,
  lines: readonly RawLine[],
): boolean {
  const printed = lines.filter((line) => !isBlank(line));
  if (box === undefined || !(printed.length <= MOST_LINES || printed.every(isInMargin))) return false;
  // A form with text in it is a part of the page, or all of it.
  const pictures = shapes.filter(({ kind, hasText }) => kind === "picture" && hasText !== true);
  const areas = pictures.map((one) => areaOn(box, one));
  if (areas.reduce((sum, area) => sum + area, 0) < LEAST_SHARE * areaOn(box, box)) return false;
  const first = Math.min(...pictures.map(({ order }) => order));
  return !glyphs.some((glyph) => isDrawn(glyph) && isTextLayer(inks.get(glyph.object), first));
}

function isInMargin({ height }: RawLine): boolean {
  return height !== undefined && (height <= MARGIN || height >= 1 - MARGIN);
}

/** What an earlier recognition wrote is not seen: in no colour, or below the picture. */
function isTextLayer(ink: Ink | undefined, firstPicture: number): boolean {
  return ink !== undefined && (ink.isInvisible || ink.order < firstPicture);
}

/** Of the part of a shape that is on the page. */
function areaOn(page: PageBox, shape: PageBox | Shape): number {
  const width = Math.min(page.right, shape.right) - Math.max(page.left, shape.left);
  const height = Math.min(page.top, shape.top) - Math.max(page.bottom, shape.bottom);
  return Math.max(0, width) * Math.max(0, height);
}
