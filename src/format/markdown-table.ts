import { printableLine } from "./printable.ts";
import type { Column } from "./table.ts";

/** The rows as a table of GitHub's Markdown; nothing in a cell becomes markup. */
export function markdownTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const rule = columns.map(({ right }) => (right === true ? "--:" : "---"));
  const cells = rows.map((row) => columns.map(({ cell }) => literal(printableLine(cell(row)))));
  return markdownRows(
    columns.map(({ head }) => head),
    cells,
    rule,
  );
}

/** The same of cells that are Markdown. */
export function markdownRows(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  rule: readonly string[] = head.map(() => "---"),
): string {
  return [head, rule, ...rows].map((line) => `| ${line.join(" | ")} |\n`).join("");
}

/** Document text, shown as it is: nothing in it becomes markup. */
export function literal(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>&#|~]/gu, "\\$&");
}
