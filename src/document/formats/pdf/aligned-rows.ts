import { type Block, type Column, columnAt, columnsOf, hasRule } from "./aligned-blocks.ts";
import { isDrawn } from "./glyph-lines.ts";
import { SAME_BASE } from "./lines-with-gaps.ts";
import type { PlacedPart, RowGroup } from "./row-groups.ts";
import type { Shape } from "./shapes.ts";

/** The parts of a cell, from the top down and from left to right. */
export type Cell = readonly PlacedPart[];

/** Lines that go on with a cell are nearer to it than rows to each other: share of the usual distance. */
const NEARER = 0.85;
/** Width of a space between words. Font sizes. */
const SPACE = 0.2;

type Rows = {
  readonly rows: readonly (readonly Cell[])[];
  /** How many of the block's groups they are. */
  readonly used: number;
};

/** The rows at the start of a block; a part that stands alone, and goes on with no cell above it, ends them. */
export function rowsOf(block: Block, rules: readonly Shape[]): Rows {
  const { groups, columns } = block;
  const usual = usualDistance(block);
  const rows: Cell[][] = [];
  for (const [i, group] of groups.entries()) {
    const cells = cellsOf(group, columns);
    const [before, last] = [groups[i - 1], rows.at(-1)];
    const isFree = before !== undefined && !hasRule(rules, before.bottom, group.top);
    const isNear = before !== undefined && before.bottom - group.top < NEARER * usual;
    if (last !== undefined && isFree && goesOn({ last, cells, columns, isNear }))
      for (const [column, cell] of cells.entries()) last[column] = [...(last[column] ?? []), ...cell];
    else if (columnsOf(group.parts, group.size).length < 2) return { rows, used: i };
    else rows.push(cells);
  }
  return { rows, used: groups.length };
}

function cellsOf({ parts }: RowGroup, columns: readonly Column[]): Cell[] {
  const cells: PlacedPart[][] = columns.map(() => []);
  for (const part of parts) cells[columnAt(part, columns)]?.push(part);
  return cells.map((cell) => cell.sort(byPlace));
}

function byPlace(a: PlacedPart, b: PlacedPart): number {
  return Math.abs(a.base - b.base) > SAME_BASE * a.size ? b.base - a.base : a.left - b.left;
}

/** The distance of rows that begin in the first column from what is above them, in the middle of all. Points. */
function usualDistance({ groups, columns }: Block): number {
  const distances = groups.flatMap((group, i) => {
    const before = groups[i - 1];
    const isFirst = group.parts.some((part) => columnAt(part, columns) === 0);
    return before !== undefined && isFirst ? [before.bottom - group.top] : [];
  });
  distances.sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? 0;
}

type Joint = {
  /** The row above, and the parts below it. */
  readonly last: readonly Cell[];
  readonly cells: readonly Cell[];
  readonly columns: readonly Column[];
  /** Whether they are nearer to each other than rows are. */
  readonly isNear: boolean;
};

/** Whether parts go on with the cells above them: none is in the first column, and each is near or begins a line that was full. */
function goesOn({ last, cells, columns, isNear }: Joint): boolean {
  if ((cells[0] ?? []).length > 0) return false;
  return isNear || cells.every((cell, i) => cell.length === 0 || wraps(last[i] ?? [], cell, columns[i]));
}

/** Whether the first word of a line would not have had room on the line above. */
function wraps(above: Cell, below: Cell, column: Column | undefined): boolean {
  const [last, first] = [above.at(-1), below[0]];
  if (last === undefined || first === undefined || column === undefined) return false;
  const end = first.glyphs.findIndex((glyph, i) => i > 0 && !isDrawn(glyph));
  const word = first.glyphs.slice(0, end === -1 ? first.glyphs.length : end);
  const width = (word.at(-1)?.right ?? 0) - (word[0]?.left ?? 0);
  return last.right + SPACE * last.size + width > column.right - SPACE * last.size;
}
