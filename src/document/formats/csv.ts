import { extname } from "node:path";
import type { Document } from "../document.ts";
import { guessDelimiter } from "./csv/delimiter.ts";
import { type Rows, readRows } from "./csv/rows.ts";
import { GET_AGAIN } from "./get-again.ts";
import { rowLine } from "./sheet/layout.ts";
import { decodeReadable } from "./text.ts";

/**
 * A table as text: a row is a line, " | " between its fields. Lines are counted as in the file, but where a field
 * holds line breaks of its own.
 * @throws InputError when it is binary or empty.
 */
export async function parseCsv(bytes: Uint8Array, path: string): Promise<Document> {
  const decoded = await decodeReadable(bytes, path);
  const [, said, rest = decoded.text] = /^sep=(.)\r?\n([\s\S]*)$/.exec(decoded.text) ?? [];
  const isTabbed = /^\.(?:tsv|tab)$/i.test(extname(path));
  const delimiter = said ?? (isTabbed ? "\t" : guessDelimiter(decoded.text));
  const { rows, broken, isOpen } = readRows(rest, delimiter);
  const lines = rows.map((row) => rowLine(row.map((field) => field.replace(/\s+/g, " ").trim())));
  const text = `${(said === undefined ? lines : ["", ...lines]).join("\n")}\n`;
  const warnings = [...decoded.warnings];
  if (broken > 0) {
    const rowsHave = broken === 1 ? "1 row has" : `${broken} rows have`;
    warnings.push(`${rowsHave} line breaks inside a field; lines are counted as rows`);
  }
  if (isOpen)
    warnings.push("a quotation mark is never closed; the rows from there on were read without quotes");
  if (isCutOff(rows, rest))
    warnings.push(`the last row has fewer fields than all others: the file seems cut off; ${GET_AGAIN}`);
  return { path, format: "csv", title: undefined, text, pages: [], sections: [], warnings };
}

/** Whether the file ends inside a row: without a line end, and with fewer fields than every other row. */
function isCutOff(rows: Rows["rows"], text: string): boolean {
  const last = rows.at(-1)?.length ?? 0;
  return rows.length > 2 && !/[\r\n]$/.test(text) && rows.slice(0, -1).every(({ length }) => length > last);
}
