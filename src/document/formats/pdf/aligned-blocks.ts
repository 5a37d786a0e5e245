import type { PlacedPart, RowGroup } from "./row-groups.ts";
import type { Shape } from "./shapes.ts";

/** Where a column stands, in points. */
export type Column = { readonly left: number; readonly right: number };

/** Rows whose parts stand in the same columns, and no letter between these. */
export type Block = { readonly groups: readonly RowGroup[]; readonly columns: readonly Column[] };

/** A white strip down all rows parts columns; so wide at least. Font sizes. */
const LEAST_GUTTER = 0.5;
/** Rows of a table are no further apart, but where a rule lies between them. Font sizes. */
const MOST_APART = 2.6;
const MOST_APART_RULED = 4;
/** Letters of a table's rows have about one size. */
const OTHER_SIZE = 1.25;
/** So many rows may be headings that reach over several columns. */
const MOST_HEADINGS = 3;

/** The blocks of a run, from its start; rules tell which rows belong together. */
export function alignedBlocks(run: readonly RowGroup[], rules: readonly Shape[]): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < run.length; ) {
    let best = grow(run, at, rules);
    if (best === undefined) {
      at += 1;
      continue;
    }
    let end = at + best.groups.length;
    for (let from = at + 1; from <= at + MOST_HEADINGS; from++) {
      const block = grow(run, from, rules);
      if (block === undefined || worth(block) <= worth(best)) continue;
      best = block;
      end = from + block.groups.length;
    }
    blocks.push(best);
    at = end;
  }
  return blocks;
}

function worth({ groups, columns }: Block): number {
  return groups.length * (columns.length - 1);
}

/** The longest block from a row on; undefined where the row has one part. */
function grow(run: readonly RowGroup[], from: number, rules: readonly Shape[]): Block | undefined {
  const first = run[from];
  if (first === undefined) return undefined;
  let columns = columnsOf(first.parts, first.size);
  if (columns.length < 2) return undefined;
  let to = from + 1;
  for (let rows = 1; to < run.length; to++) {
    const [before, group] = [run[to - 1], run[to]];
    if (before === undefined || group === undefined || !isNext(before, group, rules)) break;
    const own = columnsOf(group.parts, group.size);
    // The first row may have gaps that are none between columns.
    const joined = join(columns, own, { size: first.size, least: rows === 1 ? 2 : columns.length });
    if (joined === undefined) break;
    if (own.length > 1) rows += 1;
    columns = joined;
  }
  return { groups: run.slice(from, to), columns };
}

type Limits = { readonly size: number; readonly least: number };

/** The columns of some rows and a further one; undefined where it does not fit, or its one part stands in the first. */
function join(
  columns: readonly Column[],
  own: readonly Column[],
  { size, least }: Limits,
): Column[] | undefined {
  const joined = columnsOf([...columns, ...own], size);
  if (own.length > 1) return joined.length < least ? undefined : joined;
  const [, second] = joined;
  const isInLater = second !== undefined && (own[0]?.right ?? 0) > second.left;
  return isInLater && joined.length === columns.length ? joined : undefined;
}

function isNext(before: RowGroup, group: RowGroup, rules: readonly Shape[]): boolean {
  const sizes = [before.size, group.size];
  if (Math.max(...sizes) > OTHER_SIZE * Math.min(...sizes)) return false;
  const apart = (before.bottom - group.top) / Math.max(...sizes);
  if (apart <= 0 || apart > MOST_APART_RULED) return false;
  return apart <= MOST_APART || hasRule(rules, before.bottom, group.top);
}

export function hasRule(rules: readonly Shape[], above: number, below: number): boolean {
  return rules.some(({ top }) => top < above && top > below);
}

/** What stands in the same columns, from left to right; gaps in font sizes. */
export function columnsOf(parts: readonly Column[], size: number, gap = LEAST_GUTTER): Column[] {
  const columns: { left: number; right: number }[] = [];
  for (const { left, right } of parts.toSorted((a, b) => a.left - b.left)) {
    const last = columns.at(-1);
    if (last === undefined || left - last.right > gap * size) columns.push({ left, right });
    else last.right = Math.max(last.right, right);
  }
  return columns;
}

/** Index of the column that a part stands in: the one that it shares most with. */
export function columnAt(
  { left, right }: Pick<PlacedPart, "left" | "right">,
  columns: readonly Column[],
): number {
  const shared = columns.map((column) => Math.min(right, column.right) - Math.max(left, column.left));
  return shared.indexOf(Math.max(...shared));
}
