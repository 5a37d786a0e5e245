import { printableLine } from "./printable.ts";

export type Column<Row> = {
  readonly head: string;
  readonly cell: (row: Row) => string;
  /** Numbers are set flush right. */
  readonly right?: boolean;
};

/** A table with aligned columns and two spaces between them; the lines end without spaces. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = [
    columns.map(({ head }) => head),
    ...rows.map((row) => columns.map(({ cell }) => printableLine(cell(row)))),
  ];
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => width(line[column] ?? ""))));
  return cells
    .map((line) => {
      const padded = line.map((text, column) => {
        const padding = " ".repeat((widths[column] ?? 0) - width(text));
        return columns[column]?.right === true ? padding + text : text + padding;
      });
      return `${padded.join("  ").trimEnd()}\n`;
    })
    .join("");
}

/** Code points: right for names and numbers, which is what tables hold here. */
function width(text: string): number {
  return [...text].length;
}
