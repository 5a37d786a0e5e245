import type { Formats } from "./format.ts";
import { JSON_VERSION, toJson, toJsonLine } from "./json.ts";
import { bytes } from "./quantity.ts";
import { type Column, table } from "./table.ts";

/** A language that text can be recognised in. */
type Language = { readonly name: string; readonly path: string; readonly bytes: number };

const COLUMNS: readonly Column<Language>[] = [
  { head: "language", cell: ({ name }) => name },
  { head: "size", cell: (row) => bytes(row.bytes), right: true },
];

/** What `focus ocr list` prints. */
export const OCR_FORMATS: Formats<readonly Language[]> = {
  text: (rows) => (rows.length === 0 ? "" : table(rows, COLUMNS)),
  json: (languages) => toJson({ version: JSON_VERSION, command: "ocr list", languages }),
  jsonl: (languages) => languages.map(toJsonLine).join(""),
};
