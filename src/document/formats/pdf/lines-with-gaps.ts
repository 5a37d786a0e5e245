import { type GlyphLine, isDrawn } from "./glyph-lines.ts";

/** Baselines that differ by less are one. Font sizes. */
export const SAME_BASE = 0.35;
/** Columns may be as near as this where the gap goes down all rows. Font sizes. */
export const NARROWEST_GAP = 0.7;
/** Fewer lines with gaps are no table. So many lines around one may go on with its cells. */
const FEWEST = 3;
const AROUND = 6;

/** Which lines may be of rows: those with gaps or beside the line before them, and some around these; none where these are few. */
export function mayBeRows(lines: readonly GlyphLine[]): boolean[] {
  const near = lines.map(() => false);
  let [base, found] = [Number.POSITIVE_INFINITY, 0];
  for (const [i, line] of lines.entries()) {
    const first = line.find(isDrawn);
    if (first === undefined) continue;
    if (first.base > base - SAME_BASE * first.size || hasGap(line)) {
      found += 1;
      near.fill(true, Math.max(0, i - AROUND), i + AROUND + 1);
    }
    base = first.base;
  }
  return found < FEWEST ? near.fill(false) : near;
}

function hasGap(line: GlyphLine): boolean {
  let right = Number.POSITIVE_INFINITY;
  for (const glyph of line) {
    if (!isDrawn(glyph)) continue;
    if (glyph.left - right > NARROWEST_GAP * glyph.size) return true;
    right = glyph.right;
  }
  return false;
}
