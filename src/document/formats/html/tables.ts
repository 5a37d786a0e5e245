import type { TextWriter } from "./text-writer.ts";

/** A cell that grew longer than this lays out a page; then its paragraphs are lines of their own. UTF-16 units. */
const LAYOUT_CELL = 400;
/** Longer texts are not repeated in the rows and columns that they span. UTF-16 units. */
const LONGEST_REPEATED = 80;
/** A page may well claim a thousand columns. */
const MOST_COLUMNS = 64;

/** `colspan` and `rowspan` as they stand in the page. */
export type Spans = { readonly colspan?: string; readonly rowspan?: string };

/** A cell that reaches into later rows. */
type Carried = { readonly text: string; rows: number };

type OpenCell = { readonly start: number; readonly columns: number; readonly rows: number };

/** Where a table's current row and cell began, as lengths of the text so far. */
type OpenTable = {
  rowStart: number;
  cell: OpenCell | undefined;
  column: number;
  rowHasBreak: boolean;
  carried: (Carried | undefined)[];
};

/** Lays table rows on one line each, " | " between their cells; what spans rows or columns is repeated in each. */
export type Tables = {
  readonly open: (name: string, spans: Spans) => void;
  readonly close: (name: string) => void;
  /** Whether a paragraph's break should be a space because it is inside a cell. */
  readonly flattensBreaks: () => boolean;
  /** To be told of breaks inside the current row that were not flattened. */
  readonly noteBreak: () => void;
};

export function createTables(writer: TextWriter): Tables {
  const tables: OpenTable[] = [];
  return {
    open: (name, spans) => {
      const table = tables.at(-1);
      if (name === "table") tables.push(newTable(writer));
      else if (table === undefined) return;
      else if (name === "tr") startRow(writer, table);
      else if (name === "td" || name === "th") startCell(writer, table, spans);
    },
    close: (name) => {
      const table = tables.at(-1);
      if (table === undefined || (name !== "tr" && name !== "table")) return;
      endRow(writer, table);
      if (name === "table") tables.pop();
    },
    flattensBreaks: () => {
      const cell = tables.at(-1)?.cell;
      return cell !== undefined && writer.length() - cell.start < LAYOUT_CELL;
    },
    noteBreak: () => {
      const table = tables.at(-1);
      if (table !== undefined && writer.length() > table.rowStart) table.rowHasBreak = true;
    },
  };
}

function newTable(writer: TextWriter): OpenTable {
  return { rowStart: writer.length(), cell: undefined, column: 0, rowHasBreak: false, carried: [] };
}

function startRow(writer: TextWriter, table: OpenTable): void {
  endRow(writer, table);
  Object.assign(table, { ...newTable(writer), carried: table.carried });
}

function startCell(writer: TextWriter, table: OpenTable, { colspan = "1", rowspan = "1" }: Spans): void {
  endCell(writer, table, { isLast: false });
  fillCarried(writer, table);
  if (table.column > 0 && table.rowHasBreak) writer.breakLine(1);
  else if (table.column > 0) writer.separate(" | ");
  table.cell = { start: writer.length(), columns: spanOf(colspan), rows: spanOf(rowspan) };
  table.column += 1;
}

/** Behind the cell itself: its text once more for each further column, unless it is the only cell of its row. */
function endCell(writer: TextWriter, table: OpenTable, { isLast }: { readonly isLast: boolean }): void {
  const { cell } = table;
  if (cell === undefined) return;
  table.cell = undefined;
  const isAlone = isLast && table.column === 1;
  if (table.rowHasBreak || isAlone || (cell.columns === 1 && cell.rows === 1)) return;
  const text = writer
    .textSince(cell.start)
    .trim()
    .replace(/^(?:\| )+/, "");
  if (text.length > LONGEST_REPEATED) return;
  const first = table.column - 1;
  for (let i = 1; i < cell.columns && table.column < MOST_COLUMNS; i++) repeat(writer, table, text);
  if (cell.rows === 1) return;
  for (let i = first; i < Math.min(table.column, MOST_COLUMNS); i++)
    table.carried[i] = { text, rows: cell.rows };
}

function repeat(writer: TextWriter, table: OpenTable, text: string): void {
  if (table.column > 0) writer.separate(" | ");
  if (text !== "") writer.writeInline(text);
  table.column += 1;
}

/** The cells of earlier rows that reach into this one and stand at its next columns. */
function fillCarried(writer: TextWriter, table: OpenTable): void {
  for (let held = table.carried[table.column]; held !== undefined && held.rows > 1; ) {
    held.rows -= 1;
    repeat(writer, table, held.text);
    held = table.carried[table.column];
  }
}

function endRow(writer: TextWriter, table: OpenTable): void {
  if (table.column === 0) return;
  endCell(writer, table, { isLast: true });
  fillCarried(writer, table);
  writer.endRow(table.rowHasBreak ? undefined : table.rowStart);
  Object.assign(table, { column: 0, cell: undefined });
}

function spanOf(attribute: string): number {
  return Math.min(MOST_COLUMNS, Math.max(1, Number.parseInt(attribute, 10) || 1));
}
