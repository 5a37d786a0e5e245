import { fill, MOST_COLUMNS, MOST_ROWS, type Range } from "../sheet/cells.ts";
import type { TakeRoom } from "../sheet/room.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import { repeats } from "./repeats.ts";

/** The rows of one sheet as its cells come; what is repeated takes room for each copy. */
export function createSheetRows(takeRoom: TakeRoom) {
  const rows: string[][] = [];
  /** Of each kept row in the sheet, where runs of empty rows count. */
  const numbers: number[] = [];
  const merged: Range[] = [];
  let next = 0;
  let row: string[] = [];
  let lines = 1;
  let columns = 1;
  // LibreOffice fills a row up to the sheet's edge; only what stands before text is kept.
  let empty = 0;
  const openRow = (attributes: XmlAttributes): void => {
    row = [];
    empty = 0;
    lines = repeats(attributes["table:number-rows-repeated"], MOST_ROWS);
  };
  const openCell = (attributes: XmlAttributes): void => {
    columns = repeats(attributes["table:number-columns-repeated"], MOST_COLUMNS);
    const width = repeats(attributes["table:number-columns-spanned"], MOST_COLUMNS);
    const height = repeats(attributes["table:number-rows-spanned"], MOST_ROWS);
    const left = row.length + empty;
    if (width > 1 || height > 1)
      merged.push({ top: next, left, bottom: next + height - 1, right: left + width - 1 });
  };
  const closeCell = (text: string): void => {
    if (text.trim() === "") {
      empty += columns;
      return;
    }
    takeRoom(empty + text.length * columns);
    for (; empty > 0; empty--) row.push("");
    for (let i = 0; i < columns; i++) row.push(text);
  };
  const closeRow = (): void => {
    // A run of empty rows is laid out as one.
    const copies = row.length === 0 ? 1 : lines;
    takeRoom(copies + (copies - 1) * row.reduce((sum, { length }) => sum + length + 1, 0));
    for (let i = 0; i < copies; i++) {
      rows.push([...row]);
      numbers.push(next + i);
    }
    next += lines;
  };
  const finish = (): string[][] => {
    const kept = new Map(numbers.map((number, index) => [number, index]));
    for (const { top, left, bottom, right } of merged) {
      const first = kept.get(top) ?? 0;
      let last = first;
      while ((numbers[last + 1] ?? Number.POSITIVE_INFINITY) <= bottom) last += 1;
      // As many rows are looked at.
      takeRoom(last - first);
      fill(rows, { top: first, left, bottom: last, right }, takeRoom);
    }
    return rows;
  };
  return { openRow, openCell, closeCell, closeRow, finish };
}

export type SheetRows = ReturnType<typeof createSheetRows>;
