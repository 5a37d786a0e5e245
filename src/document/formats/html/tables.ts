import type { TextWriter } from "./text-writer.ts";

/** A cell that grew longer than this lays out a page; then its paragraphs are lines of their own. UTF-16 units. */
const LAYOUT_CELL = 400;

/** Where a table's current row and cell began, as lengths of the text so far. */
type OpenTable = { rowStart: number; cellStart: number; cells: number; rowHasBreak: boolean };

/** Lays table rows on one line each, " | " between their cells. */
export type Tables = {
  readonly startTable: () => void;
  readonly endTable: () => void;
  readonly startRow: () => void;
  readonly startCell: () => void;
  /** Whether a paragraph's break should be a space because it is inside a cell. */
  readonly flattensBreaks: () => boolean;
  /** To be told of breaks inside the current row that were not flattened. */
  readonly noteBreak: () => void;
};

export function createTables(writer: TextWriter): Tables {
  const open: OpenTable[] = [];
  const newTable = (): OpenTable => ({
    rowStart: writer.length(),
    cellStart: writer.length(),
    cells: 0,
    rowHasBreak: false,
  });
  return {
    startTable: () => {
      open.push(newTable());
    },
    endTable: () => {
      open.pop();
    },
    startRow: () => {
      if (open.length > 0) open.pop();
      open.push(newTable());
    },
    startCell: () => {
      const table = open.at(-1);
      if (table === undefined) return;
      table.cells += 1;
      table.cellStart = writer.length();
      if (table.cells === 1) return;
      if (table.rowHasBreak) writer.breakLine(1);
      else writer.separate(" | ");
    },
    flattensBreaks: () => {
      const table = open.at(-1);
      return table !== undefined && table.cells > 0 && writer.length() - table.cellStart < LAYOUT_CELL;
    },
    noteBreak: () => {
      const table = open.at(-1);
      if (table !== undefined && writer.length() > table.rowStart) table.rowHasBreak = true;
    },
  };
}
