import type { RawPage } from "./page-text.ts";
import type { RawLine } from "./raw-line.ts";

/** A header stands apart: measured manuals have 2 to 4 times their line distance below it, 1 means body text. */
const LEAST_GAP = 1.5;
/** Smaller steps are within a line: superscripts, table cells. Share of the page's height. */
const LEAST_LEADING = 0.004;

type PlacedLine = RawLine & { readonly height: number };

export type MarginOptions = {
  /** How far from the page's edge a line may stand, as a share of the page's height. */
  readonly margin: number;
  /** From {@link usualLeading}. */
  readonly leading: number;
};

/** A page's lines at its upper and lower edge that a gap sets apart from the body, which may reach into the margin. */
export function marginLines(page: RawPage, options: MarginOptions): RawLine[] {
  const down = placedLines(page);
  const header = linesBeforeGap(down, options, (height) => 1 - height);
  const footer = linesBeforeGap(down.toReversed(), options, (height) => height);
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
  { margin, leading }: MarginOptions,
  depthOf: (height: number) => number,
): PlacedLine[] {
  for (const [i, line] of inwards.entries()) {
    if (depthOf(line.height) > margin) return [];
    const next = inwards[i + 1];
    const gap = next === undefined ? 1 : depthOf(next.height) - depthOf(line.height);
    if (gap >= LEAST_GAP * leading) return inwards.slice(0, i + 1);
  }
  return [];
}
