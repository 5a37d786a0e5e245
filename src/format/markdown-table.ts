import { printableLine } from "./printable.ts";
import type { Column } from "./table.ts";

/** The rows as a table of GitHub's Markdown; nothing in a cell becomes markup. */
export function markdownTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const rule = columns.map(({ right }) => (right === true ? "--:" : "---"));
  const cells = rows.map((row) => columns.map(({ cell }) => literal(printableLine(cell(row)))));
  return [columns.map(({ head }) => head), rule, ...cells]
    .map((line) => `| ${line.join(" | ")} |\n`)
    .join("");
}

/** Document text, shown as it is: nothing in it becomes markup. */
export function literal(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>&#|~]/gu, "\\$&");
}
