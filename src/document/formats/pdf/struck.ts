import type { Glyph, PageBox, PageGlyphs } from "./glyphs.ts";
import { holds, type PageShapes } from "./shapes.ts";

/** A rule that strikes letters out stands so high above their baseline, in font sizes; lower it underlines. */
const LOWEST = 0.12;
const HIGHEST = 0.45;
/** Thicker ones are boxes. In font sizes. */
const THICKEST = 0.2;
/** A page with more rules is a drawing. */
const MOST_RULES = 500;
/** Rules of tables and fractions reach well beyond the letters that they touch. Share of the rule. */
const LEAST_COVERED = 0.6;

/**
 * Which characters of a page are struck out: by a rule through their middle, or by an annotation that says so, whose
 * `marks` are its boxes.
 */
export function findStruck(
  { glyphs, box }: PageGlyphs,
  { shapes }: PageShapes,
  marks: readonly PageBox[],
): ReadonlySet<Glyph> {
  if (box === undefined) return new Set();
  const letters = glyphs.filter(({ object }) => object !== 0);
  const struck = new Set<Glyph>();
  const rules = shapes.filter(
    ({ kind, left, right, top, bottom }) =>
      kind === "path" && right - left > 3 * (top - bottom) && right - left > 4,
  );
  if (rules.length <= MOST_RULES)
    for (const rule of rules) for (const glyph of struckBy(rule, letters)) struck.add(glyph);
  for (const mark of marks)
    for (const glyph of letters) if (holds(mark, glyph, (LOWEST + HIGHEST) / 2)) struck.add(glyph);
  return struck;
}

function struckBy(rule: PageBox, letters: readonly Glyph[]): Glyph[] {
  const middle = (rule.top + rule.bottom) / 2;
  const crossed = letters.filter(({ left, right, base, size }) => {
    const height = (middle - base) / size;
    const x = (left + right) / 2;
    const isThrough = height >= LOWEST && height <= HIGHEST && rule.left <= x && x <= rule.right;
    return isThrough && rule.top - rule.bottom <= THICKEST * size;
  });
  const covered = crossed.reduce((sum, { left, right }) => sum + right - left, 0);
  const hasWord = crossed.filter(({ text }) => /[\p{L}\p{N}]/u.test(text)).length >= 2;
  return hasWord && covered >= LEAST_COVERED * (rule.right - rule.left) ? crossed : [];
}
