import type { Glyph, PageBox } from "./glyphs.ts";
import type { Shape } from "./shapes.ts";

/** A cell of a ruled table: which rows and columns it reaches over, counted from 0 at the top left. */
export type RuledCell = {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
};

/** A table that rules part into cells; lengths in points. */
export type RuledTable = {
  readonly box: PageBox;
  /** Ascending, one more than there are columns. */
  readonly xs: readonly number[];
  /** Descending, one more than there are rows. */
  readonly ys: readonly number[];
  /** By row and column: the cell that the place belongs to. */
  readonly cells: readonly (readonly RuledCell[])[];
};

/** Rules are at most so thick, and at least so long. Points. */
const THICKEST = 2;
const SHORTEST = 8;
/** Rules that are so near meet. Points. */
const NEAR = 2;
/** A page with more rules, or a grid with more places, is a drawing. */
const MOST_RULES = 2000;
const MOST_PLACES = 10_000;

/** The tables of two columns and rows at least that a page's rules make. */
export function findRuledTables(shapes: readonly Shape[]): RuledTable[] {
  const rules = shapes.filter(isRule);
  if (rules.length > MOST_RULES) return [];
  return groupsOf(rules).flatMap((group) => {
    const across = group.filter(isAcross);
    const down = group.filter((rule) => !isAcross(rule));
    // The rules at the outer edges may be missing.
    const box = boxOf(group);
    const xs = distinct([box.left, box.right, ...down.map(({ left, right }) => (left + right) / 2)]);
    const ys = distinct([
      box.bottom,
      box.top,
      ...across.map(({ top, bottom }) => (top + bottom) / 2),
    ]).reverse();
    if (down.length === 0 || across.length < 2) return [];
    if (xs.length < 3 || ys.length < 3 || xs.length * ys.length > MOST_PLACES) return [];
    const grid = { xs, ys, across, down };
    return [{ box, xs, ys, cells: cellsOf(grid) }];
  });
}

/** The table's cell that holds a character's middle; undefined outside. */
export function cellAt(
  { xs, ys, cells }: RuledTable,
  { left, right, base, size }: Glyph,
): RuledCell | undefined {
  const column = xs.findLastIndex((x) => x <= (left + right) / 2);
  const row = ys.findLastIndex((y) => y >= base + size / 4);
  return cells[row]?.[column];
}

function isRule({ kind, left, right, top, bottom }: Shape): boolean {
  const [thick, long] = [right - left, top - bottom].sort((a, b) => a - b);
  return kind === "path" && (thick ?? 0) <= THICKEST && (long ?? 0) >= SHORTEST;
}

function isAcross({ left, right, top, bottom }: PageBox): boolean {
  return right - left > top - bottom;
}

/** Rules that meet each other, directly or by others. */
function groupsOf(rules: readonly Shape[]): Shape[][] {
  let groups: Shape[][] = [];
  for (const rule of rules) {
    const touched = groups.filter((group) => group.some((other) => meets(rule, other)));
    groups = groups.filter((group) => !touched.includes(group));
    groups.push([rule, ...touched.flat()]);
  }
  return groups;
}

function meets(a: PageBox, b: PageBox): boolean {
  const isBeside = a.left <= b.right + NEAR && b.left <= a.right + NEAR;
  return isBeside && a.bottom <= b.top + NEAR && b.bottom <= a.top + NEAR;
}

function boxOf(shapes: readonly PageBox[]): PageBox {
  return {
    left: Math.min(...shapes.map(({ left }) => left)),
    right: Math.max(...shapes.map(({ right }) => right)),
    top: Math.max(...shapes.map(({ top }) => top)),
    bottom: Math.min(...shapes.map(({ bottom }) => bottom)),
  };
}

function distinct(values: readonly number[]): number[] {
  const found: number[] = [];
  for (const value of values.toSorted((a, b) => a - b))
    if (value - (found.at(-1) ?? Number.NEGATIVE_INFINITY) > NEAR) found.push(value);
  return found;
}

type Grid = Pick<RuledTable, "xs" | "ys"> & {
  readonly across: readonly Shape[];
  readonly down: readonly Shape[];
};

/** Every place of the grid belongs to the cell that begins at or before it and has no rule in between. */
function cellsOf({ xs, ys, across, down }: Grid): RuledCell[][] {
  const middle = (values: readonly number[], i: number): number =>
    ((values[i] ?? 0) + (values[i + 1] ?? 0)) / 2;
  const isOpenRight = (row: number, column: number): boolean =>
    column + 2 < xs.length && !down.some((rule) => crosses(rule, xs[column + 1] ?? 0, middle(ys, row)));
  const isOpenBelow = (row: number, column: number): boolean =>
    row + 2 < ys.length && !across.some((rule) => crosses(rule, middle(xs, column), ys[row + 1] ?? 0));
  const cells: RuledCell[][] = ys.slice(1).map(() => []);
  for (let row = 0; row + 1 < ys.length; row++) {
    for (let column = 0; column + 1 < xs.length; column++) {
      if (cells[row]?.[column] !== undefined) continue;
      const cell = { row, column, rows: 1, columns: 1 };
      while (isOpenRight(row, column + cell.columns - 1)) cell.columns += 1;
      while (isOpenBelow(row + cell.rows - 1, column)) cell.rows += 1;
      fill(cells, cell);
    }
  }
  return cells;
}

/** Gives a cell its places, but for those that another has already. */
function fill(cells: RuledCell[][], cell: RuledCell): void {
  for (const places of cells.slice(cell.row, cell.row + cell.rows))
    for (let i = cell.column; i < cell.column + cell.columns; i++) places[i] ??= cell;
}

function crosses({ left, right, top, bottom }: PageBox, x: number, y: number): boolean {
  return left - NEAR <= x && x <= right + NEAR && bottom - NEAR <= y && y <= top + NEAR;
}
