/** Remembers the text of cells that reach over several rows, so that each row can have it. */
export type MergedCells = {
  readonly openTable: () => void;
  readonly closeTable: () => void;
  readonly openRow: () => void;
  readonly openCell: () => void;
  readonly span: (columns: number) => void;
  /** "restart" begins a cell that reaches down; anything else continues one. */
  readonly merge: (kind: string) => void;
  readonly text: (text: string) => void;
  /** Returns the text to repeat in a cell that continues one from above. */
  readonly closeCell: () => string;
};

type Cell = { span: number; merge: "none" | "first" | "rest"; text: string };
type Table = { column: number; cell: Cell; readonly above: Map<number, string> };

export function createMergedCells(): MergedCells {
  const tables: Table[] = [];
  const cell = (): Cell | undefined => tables.at(-1)?.cell;
  const newCell = (): Cell => ({ span: 1, merge: "none", text: "" });
  return {
    openTable: () => tables.push({ column: 0, cell: newCell(), above: new Map() }),
    closeTable: () => tables.pop(),
    openRow: () => Object.assign(tables.at(-1) ?? {}, { column: 0 }),
    openCell: () => Object.assign(tables.at(-1) ?? {}, { cell: newCell() }),
    span: (columns) => Object.assign(cell() ?? {}, { span: columns }),
    merge: (kind) => Object.assign(cell() ?? {}, { merge: kind === "restart" ? "first" : "rest" }),
    text: (text) => {
      const open = cell();
      if (open !== undefined) open.text += text;
    },
    closeCell: () => {
      const table = tables.at(-1);
      if (table === undefined) return "";
      const { span, merge, text } = table.cell;
      const repeated = merge === "rest" && text.trim() === "" ? (table.above.get(table.column) ?? "") : "";
      if (merge === "first") table.above.set(table.column, text);
      else if (merge === "none") table.above.delete(table.column);
      table.column += span;
      return repeated;
    },
  };
}
