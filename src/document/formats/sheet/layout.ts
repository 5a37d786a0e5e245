import type { Section } from "../../document.ts";
import type { Part } from "../parts.ts";

/** A sheet's cells as they are shown, row by row; rows and cells without text are empty. */
export type Sheet = {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly (readonly string[])[];
  /** What stands in no cell, a line each. */
  readonly asides?: readonly string[];
};

/** A row a line, " | " between cells; columns and runs of rows without any text are left out. */
export function layoutSheet({ name, hidden, rows, asides = [] }: Sheet): Part {
  const used = new Set<number>();
  const cleaned = rows.map((row) =>
    row.map((cell, column) => {
      const text = cell.replace(/\s+/g, " ").trim();
      if (text !== "") used.add(column);
      return text;
    }),
  );
  const columns = [...used].sort((a, b) => a - b);
  const lines: string[] = [];
  for (const row of cleaned) {
    const line = rowLine(columns.map((column) => row[column] ?? ""));
    if (line !== "" || (lines.length > 0 && lines.at(-1) !== "")) lines.push(line);
  }
  const title = name.replace(/\s+/g, " ").trim();
  const label = `sheet ${title}`;
  const blocks = [lines.join("\n").trimEnd(), asides.join("\n")];
  const body = blocks.filter((block) => block !== "").join("\n\n");
  if (body === "") return { text: "", sections: [], label };
  const sections: Section[] = [{ title, level: 1, start: 0 }];
  return { text: `${title}${hidden ? " (hidden sheet)" : ""}\n\n${body}\n`, sections, label };
}

/** Empty last cells are left out; a row of nothing but empty cells is an empty line. */
export function rowLine(cells: readonly string[]): string {
  const last = cells.findLastIndex((cell) => cell !== "");
  return cells.slice(0, last + 1).join(" | ");
}
