import { alignedBlocks, type Block, type Column } from "./aligned-blocks.ts";
import { rowsOf } from "./aligned-rows.ts";
import type { GlyphLine } from "./glyph-lines.ts";
import { rowGroups } from "./row-groups.ts";
import type { Shape } from "./shapes.ts";
import { isTable, type TableRows } from "./table-evidence.ts";

/** A table without a grid. */
export type AlignedTable = TableRows & {
  /** Of the page's lines, its first and the one behind its last; counted from 0. */
  readonly from: number;
  readonly to: number;
};

/** Rules are at most so thick, and at least so long. Points. */
const THICKEST = 2;
const SHORTEST = 8;
/** A page with more rules is a drawing. */
const MOST_RULES = 2000;
/** A rule goes over so much of a table's width. */
const LEAST_ACROSS = 0.8;
/** A rule may lie so far above or below the rows. Font sizes. */
const BESIDE = 1.8;

/** The tables of a page that no grid surrounds, in its order: three or more rows whose cells stand below each other. */
export function findAlignedTables(lines: readonly GlyphLine[], shapes: readonly Shape[]): AlignedTable[] {
  const rules = shapes.filter(
    ({ kind, left, right, top, bottom }) =>
      kind === "path" && top - bottom <= THICKEST && right - left >= SHORTEST,
  );
  if (rules.length > MOST_RULES) return [];
  return rowGroups(lines).flatMap((run) =>
    alignedBlocks(run, rules).flatMap((block) => tablesOf(block, rules)),
  );
}

/** Where a row ends a table, another may begin. */
function tablesOf({ groups, columns }: Block, all: readonly Shape[]): AlignedTable[] {
  const rules = all.filter((rule) => isAcross(rule, columns));
  const tables: AlignedTable[] = [];
  for (let at = 0; at < groups.length; ) {
    const { rows, used } = rowsOf({ groups: groups.slice(at), columns }, rules);
    const taken = groups.slice(at, at + used);
    at += Math.max(1, used);
    const [first, last] = [taken[0], taken.at(-1)];
    if (first === undefined || last === undefined) continue;
    const highest = first.top + BESIDE * first.size;
    const lowest = last.bottom - BESIDE * last.size;
    const hasRules = rules.some(({ top }) => top < highest && top > lowest);
    const table = { from: first.from, to: last.to, rows, columns, hasRules };
    if (isTable(table)) tables.push(table);
  }
  return tables;
}

function isAcross({ left, right }: Shape, columns: readonly Column[]): boolean {
  const from = columns[0]?.left ?? 0;
  const to = columns.at(-1)?.right ?? 0;
  return Math.min(right, to) - Math.max(left, from) >= LEAST_ACROSS * (to - from);
}
