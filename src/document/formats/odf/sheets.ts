import type { Sheet } from "../sheet/layout.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import type { XmlHandler } from "../zip/xml.ts";

/** LibreOffice fills a sheet up to its edge with repeated empty cells and rows; of those with text, few are meant. */
const MOST_REPEATED = 1000;

type OpenSheet = {
  name: string;
  rows: string[][];
  row: string[];
  cell: string[];
  columns: number;
  lines: number;
};

/** Collects the tables of a spreadsheet (OpenDocument 1.3 part 3, section 9) as rows of shown text. */
export function createOdfSheets(): { readonly handler: XmlHandler; readonly sheets: readonly Sheet[] } {
  const sheets: Sheet[] = [];
  let sheet: OpenSheet | undefined;
  let paragraphs = 0;
  let comments = 0;
  const endRow = ({ rows, row, lines }: OpenSheet): void => {
    const isEmpty = row.every((cell) => cell === "");
    for (let i = 0; i < (isEmpty ? 1 : lines); i++) rows.push(row);
  };
  const endCell = ({ cell, row, columns }: OpenSheet): void => {
    const text = cell.join("");
    for (let i = 0; i < columns; i++) row.push(text);
  };
  const openers: Readonly<Record<string, (open: OpenSheet, attributes: XmlAttributes) => void>> = {
    "table:table-row": (open, attributes) =>
      Object.assign(open, { row: [], lines: repeats(attributes["table:number-rows-repeated"]) }),
    "table:table-cell": (open, attributes) =>
      Object.assign(open, { cell: [], columns: repeats(attributes["table:number-columns-repeated"]) }),
    "table:covered-table-cell": (open, attributes) =>
      Object.assign(open, { cell: [], columns: repeats(attributes["table:number-columns-repeated"]) }),
    "text:s": ({ cell }) => cell.push(" "),
    "text:tab": ({ cell }) => cell.push(" "),
    "text:line-break": ({ cell }) => cell.push(" "),
    "office:annotation": ({ cell }) => cell.push(" [comment: "),
  };
  const closers: Readonly<Record<string, (open: OpenSheet) => void>> = {
    "text:p": ({ cell }) => cell.push(" "),
    "office:annotation": ({ cell }) => cell.push("] "),
    "table:table-cell": endCell,
    "table:covered-table-cell": endCell,
    "table:table-row": endRow,
  };
  const handler: XmlHandler = {
    open: (name, attributes) => {
      if (name === "table:table" && sheet === undefined) {
        sheet = { name: attributes["table:name"] ?? "", rows: [], row: [], cell: [], columns: 1, lines: 1 };
      }
      if (name === "text:p") paragraphs += 1;
      if (name === "dc:date" || name === "meta:date-string" || name === "dc:creator") comments += 1;
      if (sheet !== undefined) openers[name]?.(sheet, attributes);
    },
    close: (name) => {
      if (sheet !== undefined) closers[name]?.(sheet);
      if (name === "text:p") paragraphs -= 1;
      if (name === "dc:date" || name === "meta:date-string" || name === "dc:creator") comments -= 1;
      if (name !== "table:table" || sheet === undefined) return;
      sheets.push({ name: sheet.name, hidden: false, rows: sheet.rows });
      sheet = undefined;
    },
    text: (text) => {
      if (paragraphs > 0 && comments === 0) sheet?.cell.push(text);
    },
  };
  return { handler, sheets };
}

function repeats(count = "1"): number {
  const value = Number(count);
  return Number.isInteger(value) ? Math.min(MOST_REPEATED, Math.max(1, value)) : 1;
}
