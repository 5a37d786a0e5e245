import type { TextWriter } from "./text-writer.ts";

/** A cell that grew longer than this lays out a page; then its paragraphs are lines of their own. UTF-16 units. */
const LAYOUT_CELL = 400;

/** Where a table's current row and cell began, as lengths of the text so far. */
type OpenTable = { rowStart: number; cellStart: number; cells: number; rowHasBreak: boolean };

/** Lays table rows on one line each, " | " between their cells. */
export type Tables = {
  readonly open: (name: string) => void;
  readonly close: (name: string) => void;
  /** Whether a paragraph's break should be a space because it is inside a cell. */
  readonly flattensBreaks: () => boolean;
  /** To be told of breaks inside the current row that were not flattened. */
  readonly noteBreak: () => void;
};

export function createTables(writer: TextWriter): Tables {
  const tables: OpenTable[] = [];
  const newTable = (): OpenTable => {
    const start = writer.length();
    return { rowStart: start, cellStart: start, cells: 0, rowHasBreak: false };
  };
  const startCell = (table: OpenTable): void => {
    table.cells += 1;
    table.cellStart = writer.length();
    if (table.cells === 1) return;
    if (table.rowHasBreak) writer.breakLine(1);
    else writer.separate(" | ");
  };
  return {
    open: (name) => {
      const table = tables.at(-1);
      if (name === "table") tables.push(newTable());
      else if (name === "tr" && table !== undefined) Object.assign(table, newTable());
      else if ((name === "td" || name === "th") && table !== undefined) startCell(table);
    },
    close: (name) => {
      if (name === "table") tables.pop();
    },
    flattensBreaks: () => {
      const table = tables.at(-1);
      return table !== undefined && table.cells > 0 && writer.length() - table.cellStart < LAYOUT_CELL;
    },
    noteBreak: () => {
      const table = tables.at(-1);
      if (table !== undefined && writer.length() > table.rowStart) table.rowHasBreak = true;
    },
  };
}
