import type { XmlAttributes } from "../zip/namespaces.ts";
import type { XmlHandler } from "../zip/xml.ts";
import { showNumber } from "./number-format.ts";
import type { CellStyle } from "./parts.ts";
import { createRichText, type RichText } from "./rich-text.ts";
import type { TakeRoom } from "./room.ts";

/** What a sheet's cells refer to. */
export type Workbook = {
  readonly strings: readonly RichText[];
  /** By a cell's style index. */
  readonly styles: readonly CellStyle[];
  readonly from1904: boolean;
  readonly takeRoom: TakeRoom;
  /** Takes what is struck out in the cells. */
  readonly struck: string[];
};

type Cell = { type: string; style: number; value: string; formula: string };
type CellAttributes = XmlAttributes & { readonly r?: string; readonly ref?: string };
export type Range = {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
};

/** As many as Excel has; a damaged reference would ask for more. */
export const MOST_COLUMNS = 16_384;
export const MOST_ROWS = 1_048_576;

/** Collects a worksheet (ECMA-376 part 1, section 18.3) into rows of shown text, merged cells filled. */
export function createCells(workbook: Workbook, comments: ReadonlyMap<string, string>) {
  const rows: string[][] = [];
  const merged: Range[] = [];
  let row = -1;
  let column = -1;
  let reference = "";
  let cell: Cell | undefined;
  let field: "value" | "formula" | undefined;
  const inline = createRichText();
  const unplaced = new Map(comments);
  const openCell = ({ r = "", s = "0", t = "n" }: XmlAttributes): void => {
    reference = r;
    const place = parseReference(reference);
    row = Math.max(0, place?.row ?? row);
    column = place?.column ?? column + 1;
    cell = { type: t, style: Number(s), value: "", formula: "" };
  };
  const closeCell = (): void => {
    if (cell === undefined) return;
    const comment = comments.get(reference);
    unplaced.delete(reference);
    const shown =
      seenText(cell, inline.take(), workbook) + (comment === undefined ? "" : ` [comment: ${comment}]`);
    if (shown !== "") put({ rows, takeRoom: workbook.takeRoom }, { row, column }, shown);
    cell = undefined;
  };
  const FIELDS: Readonly<Record<string, typeof field>> = {
    "x:v": "value",
    "x:f": "formula",
  };
  const handler: XmlHandler = {
    open: (name, attributes: CellAttributes) => {
      field = FIELDS[name];
      if (cell !== undefined) inline.open(name, attributes);
      if (name === "x:row") {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r) - 1 || 0;
        column = -1;
      } else if (name === "x:c") openCell(attributes);
      else if (name === "x:mergeCell") pushRange(merged, attributes.ref);
    },
    close: (name) => {
      field = undefined;
      if (cell !== undefined) inline.close(name);
      if (name === "x:c") closeCell();
    },
    text: (text) => {
      if (cell === undefined) return;
      if (field !== undefined) cell[field] += text;
      inline.text(text);
    },
  };
  return {
    handler,
    /** Comments on cells that the sheet does not have, since they are empty. */
    unplaced: (): ReadonlyMap<string, string> => unplaced,
    rows: (): string[][] => {
      for (const range of merged) fill(rows, range, workbook.takeRoom);
      return Array.from(rows, (found) => found ?? []);
    },
  };
}

/** A cell's text without what is struck out, by its style or within it. */
function seenText(cell: Cell, inline: RichText, workbook: Workbook): string {
  const shared = cell.type === "s" ? workbook.strings[Number(cell.value)] : undefined;
  const { text, struck } = shared ?? inline;
  for (const piece of struck) workbook.struck.push(piece);
  const shown = cell.type === "s" || cell.type === "inlineStr" ? text : shownValue(cell, workbook);
  if (shown === "" || workbook.styles[cell.style]?.isStruck !== true) return shown;
  workbook.struck.push(shown);
  return "";
}

function shownValue({ type, style, value, formula }: Cell, workbook: Workbook): string {
  switch (type) {
    case "b":
      return value === "1" ? "TRUE" : "FALSE";
    case "n":
      if (value === "") return formula === "" ? "" : `=${formula}`;
      return showNumber(value, workbook.styles[style]?.kind ?? "number", workbook.from1904);
    default:
      return value;
  }
}

/** "B12" → row 11, column 1, both from 0; undefined for anything else. */
function parseReference(reference: string): { row: number; column: number } | undefined {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference) ?? [];
  if (letters === undefined || digits === undefined) return undefined;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(digits);
  return column > MOST_COLUMNS || row < 1 || row > MOST_ROWS
    ? undefined
    : { row: row - 1, column: column - 1 };
}

type Grid = { readonly rows: string[][]; readonly takeRoom: TakeRoom };

function put({ rows, takeRoom }: Grid, { row, column }: { row: number; column: number }, text: string): void {
  if (column >= MOST_COLUMNS || row >= MOST_ROWS) return;
  while (rows.length <= row) rows.push([]);
  const cells = rows[row] ?? [];
  takeRoom(text.length + Math.max(0, column - cells.length));
  while (cells.length < column) cells.push("");
  cells[column] = text;
}

function pushRange(merged: Range[], reference = ""): void {
  const [from, to] = reference.split(":").map(parseReference);
  if (from === undefined || to === undefined) return;
  merged.push({ top: from.row, left: from.column, bottom: to.row, right: to.column });
}

/** A label over several rows stands in each; one over several columns in each that has something below or beside it. */
export function fill(rows: string[][], { top, left, bottom, right }: Range, takeRoom: TakeRoom): void {
  const label = rows[top]?.[left] ?? "";
  if (label === "") return;
  for (let row = top; row <= bottom && row < rows.length; row++) {
    const cells = rows[row] ?? [];
    const hasOthers = cells.some((cell, column) => cell !== "" && (column < left || column > right));
    if (!hasOthers) continue;
    for (let column = left; column <= right; column++) put({ rows, takeRoom }, { row, column }, label);
  }
}
