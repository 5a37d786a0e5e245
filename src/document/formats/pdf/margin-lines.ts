import type { RawLine, RawPage } from "./page-text.ts";

/** Running lines stand within this part of the page's height from its edge; body text may reach into it. */
const MARGIN = 0.08;
/** A header stands apart: measured manuals have 2 to 4 times their line distance below it, 1 means body text. */
const LEAST_GAP = 1.5;
/** Smaller steps are within a line: superscripts, table cells. Share of the page's height. */
const LEAST_LEADING = 0.004;

type PlacedLine = RawLine & { readonly height: number };

/** A page's lines at its upper and lower edge that a gap sets apart from the body; `leading` from {@link usualLeading}. */
export function marginLines(page: RawPage, leading: number): RawLine[] {
  const down = placedLines(page);
  const header = linesBeforeGap(down, leading, (height) => 1 - height);
  const footer = linesBeforeGap(down.toReversed(), leading, (height) => height);
  return [...header, ...footer];
}

/** The usual distance between lines, as a share of the page's height. */
export function usualLeading(pages: readonly RawPage[]): number {
  const distances: number[] = [];
  for (const page of pages) {
    const lines = placedLines(page);
    for (const [i, line] of lines.entries()) {
      const distance = line.height - (lines[i + 1]?.height ?? line.height);
      if (distance > LEAST_LEADING) distances.push(distance);
    }
  }
  distances.sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? 0;
}

/** From the top of the page down, whatever the reading order; lines without a place or text are left out. */
function placedLines(page: RawPage): PlacedLine[] {
  const isPlaced = (line: RawLine): line is PlacedLine => line.height !== undefined && /\S/.test(line.text);
  return page.lines.filter(isPlaced).sort((a, b) => b.height - a.height);
}

/** The outermost lines up to the first wide gap; none when the gap comes only outside the margin. */
function linesBeforeGap(
  inwards: readonly PlacedLine[],
  leading: number,
  depthOf: (height: number) => number,
): PlacedLine[] {
  for (const [i, line] of inwards.entries()) {
    if (depthOf(line.height) > MARGIN) return [];
    const next = inwards[i + 1];
    const gap = next === undefined ? 1 : depthOf(next.height) - depthOf(line.height);
    if (gap >= LEAST_GAP * leading) return inwards.slice(0, i + 1);
  }
  return [];
}
