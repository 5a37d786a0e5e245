import { type GlyphLine, isDrawn, usualSize } from "./glyph-lines.ts";
import { isLaid, type Part, partsOf } from "./line-parts.ts";
import { mayBeRows, NARROWEST_GAP, SAME_BASE } from "./lines-with-gaps.ts";

/** A part of a line and where it stands; lengths in points. */
export type PlacedPart = Part & { readonly base: number; readonly size: number };

/** Lines that stand beside each other, or whose parts a page draws in turns: a row of a table, or part of one. */
export type RowGroup = {
  /** The first of its lines, and the one behind its last; counted from 0. */
  readonly from: number;
  readonly to: number;
  readonly parts: readonly PlacedPart[];
  /** Of its highest and lowest baseline. */
  readonly top: number;
  readonly bottom: number;
  /** Of the letters of its first part. */
  readonly size: number;
};

/** A row with more parts is a drawing's. */
const MOST_PARTS = 200;
/** Lines of a cell are no further apart. Font sizes. */
const MOST_LEADING = 2;
/** Cells with more lines are columns of prose. */
const MOST_LINES = 12;
/** A bullet or a number before the text of an item. */
const ITEM_MARK = /^(?:[•▪◦‣●○■□➢✓*–—o\ue000-\uf8ff-]|\(?(?:\d{1,3}|\p{L}|[ivx]{1,5})[.)])$/u;

/**
 * Groups lines by the rows they stand on, in the page's order. Cells may be drawn one after the other, each with all of
 * its lines. Where a page goes back up further than a cell is high, another run begins.
 */
export function rowGroups(lines: readonly GlyphLine[]): RowGroup[][] {
  const runs: RowGroup[][] = [];
  let run: RowGroup[] = [];
  const near = mayBeRows(lines);
  for (const [index, line] of lines.entries()) {
    const group = near[index] === true ? groupOf(line, index) : undefined;
    if (group === undefined) {
      // What is drawn upwards is no row; neither is one of a ruled table, which is laid already.
      if (line.some(isDrawn) && run.length > 0) runs.push(run.splice(0));
      continue;
    }
    const above = run.findLastIndex(({ bottom }) => bottom > group.top + SAME_BASE * group.size);
    const beside = run.slice(above + 1);
    const merged = beside.length === 0 ? group : merge([...beside, group]);
    if (!isRow(merged)) {
      runs.push(run);
      run = [group];
    } else run.splice(run.length - beside.length, beside.length, merged);
  }
  runs.push(run);
  return runs;
}

function groupOf(line: GlyphLine, index: number): RowGroup | undefined {
  const size = usualSize(line);
  const base = line.find((glyph) => isDrawn(glyph) && Math.abs(glyph.size - (size ?? 0)) <= 0.5)?.base;
  if (size === undefined || base === undefined || isUpright(line, size) || isLaid(line)) return undefined;
  const parts = withoutMarks(partsOf(line, NARROWEST_GAP, size)).map((part) => ({ ...part, base, size }));
  return { from: index, to: index + 1, parts, top: base, bottom: base, size };
}

/** Whether a line's letters stand above each other. */
function isUpright(line: GlyphLine, size: number): boolean {
  const [first, last] = [line.find(isDrawn), line.findLast(isDrawn)];
  return Math.abs((first?.base ?? 0) - (last?.base ?? 0)) > MOST_LEADING * size;
}

/** A bullet and its text are one part. */
function withoutMarks(parts: readonly Part[]): Part[] {
  const [mark, text, ...others] = parts;
  if (mark === undefined || text === undefined) return [...parts];
  if (!ITEM_MARK.test(textOf(mark).trim())) return [...parts];
  return [{ glyphs: [...mark.glyphs, ...text.glyphs], left: mark.left, right: text.right }, ...others];
}

export function textOf({ glyphs }: Pick<Part, "glyphs">): string {
  return glyphs.map(({ text }) => text).join("");
}

function merge(groups: readonly RowGroup[]): RowGroup {
  return {
    from: Math.min(...groups.map(({ from }) => from)),
    to: Math.max(...groups.map(({ to }) => to)),
    parts: groups.flatMap(({ parts }) => parts),
    top: Math.max(...groups.map(({ top }) => top)),
    bottom: Math.min(...groups.map(({ bottom }) => bottom)),
    size: groups[0]?.size ?? 0,
  };
}

/** Whether lines are so few, and so near to each other, that they may be one row. */
function isRow({ parts, size }: RowGroup): boolean {
  const bases = parts.map(({ base }) => base).sort((a, b) => b - a);
  const steps = bases.flatMap((base, i) => (i === 0 ? [] : [(bases[i - 1] ?? base) - base]));
  const down = steps.filter((step) => step > SAME_BASE * size);
  return (
    parts.length <= MOST_PARTS &&
    down.length < MOST_LINES &&
    down.every((step) => step <= MOST_LEADING * size)
  );
}
