import type { Document } from "../document.ts";
import { extensionInside } from "../gzip.ts";
import { describeDamage } from "./csv/damage.ts";
import { guessDelimiter } from "./csv/delimiter.ts";
import { readRows } from "./csv/rows.ts";
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
  const isTabbed = [".tsv", ".tab"].includes(extensionInside(path));
  const delimiter = said ?? (isTabbed ? "\t" : guessDelimiter(decoded.text));
  const read = readRows(rest, delimiter);
  const { rows, broken } = read;
  const lines = rows.map((row) => rowLine(row.map((field) => field.replace(/\s+/g, " ").trim())));
  const text = `${(said === undefined ? lines : ["", ...lines]).join("\n")}\n`;
  const warnings = [...decoded.warnings];
  if (broken > 0) {
    const rowsHave = broken === 1 ? "1 row has" : `${broken} rows have`;
    warnings.push(`${rowsHave} line breaks inside a field; lines are counted as rows`);
  }
  warnings.push(...describeDamage(read, rest));
  return { path, format: "csv", title: undefined, text, pages: [], sections: [], warnings };
}
