import type { Sink } from "../docx/sink.ts";

type Level = {
  readonly isSub: boolean;
  /** Texts of the cells before it, in the row that a sub-table stands in. */
  readonly lead: readonly string[];
  /** Texts of the cells of the current row. */
  row: string[];
  rows: number;
  text: string;
  /** Columns that the current cell spans besides its own, and covered cells to come that a sub-table fills already. */
  spanned: number;
  filled: number;
};

/**
 * A cell that was split is a table of its own in the file (`table:is-sub-table`), and rows of the table around it to its
 * reader: each gets the cells before it. Its last cell is left open, for the split cell's end.
 */
export function createSubTables(sink: Sink) {
  const levels: Level[] = [];
  const sub = (): Level | undefined => (levels.at(-1)?.isSub === true ? levels.at(-1) : undefined);
  return {
    isWithin: (): boolean => sub() !== undefined,
    openTable: (isSub: boolean): void => {
      const around = levels.at(-1);
      const lead = isSub && around !== undefined ? [...around.lead, ...around.row] : [];
      if (isSub && around !== undefined) around.filled = around.spanned;
      const row = { row: [], rows: 0, text: "", spanned: 0, filled: 0 };
      levels.push({ isSub: isSub && around !== undefined, lead, ...row });
    },
    closeTable: (): void => {
      levels.pop();
    },
    openRow: (): void => {
      const level = levels.at(-1);
      if (level === undefined) return;
      Object.assign(level, { row: [], rows: level.rows + 1, filled: 0 });
      if (!level.isSub || level.rows === 1) return;
      sink.close("td");
      sink.close("tr");
      sink.open("tr", {});
      for (const text of level.lead) {
        sink.open("td", {});
        sink.text(text);
        sink.close("td");
      }
    },
    /** Whether the next covered cell stands for columns of a sub-table, and is none. */
    takeFilled: (): boolean => {
      const level = levels.at(-1);
      if (level === undefined || level.filled === 0) return false;
      level.filled -= 1;
      return true;
    },
    openCell: (columns: number): void => {
      const level = levels.at(-1);
      if (level === undefined) return;
      Object.assign(level, { text: "", spanned: Math.max(0, columns - 1) || 0 });
      if (!level.isSub || (level.rows === 1 && level.row.length === 0)) return;
      if (level.row.length > 0) sink.close("td");
      sink.open("td", {});
    },
    /** `repeated`: what stands in the cell since it continues one from above. */
    closeCell: (repeated: string): void => {
      const level = levels.at(-1);
      level?.row.push((level.text + repeated).trim());
    },
    text: (text: string): void => {
      const level = levels.at(-1);
      if (level !== undefined) level.text += text;
    },
  };
}
