import type { Formats } from "./format.ts";
import { JSON_VERSION, toJson, toJsonLine } from "./json.ts";
import { type Column, table } from "./table.ts";

type Named = { readonly name: string; readonly paths: readonly string[] };
type Row = { readonly name: string; readonly path: string };

const COLUMNS: readonly Column<Row>[] = [
  { head: "name", cell: ({ name }) => name },
  { head: "path", cell: ({ path }) => path },
];

/** What `focus add` prints: a line for each path, with the name in the first of them; nothing where there are none. */
export const COLLECTION_FORMATS: Formats<readonly Named[]> = {
  text: (collections) => {
    const rows = collections.flatMap(({ name, paths }) =>
      paths.map((path, i) => ({ name: i === 0 ? `@${name}` : "", path })),
    );
    return rows.length === 0 ? "" : table(rows, COLUMNS);
  },
  json: (collections) => toJson({ version: JSON_VERSION, command: "add", collections }),
  jsonl: (collections) => collections.map(toJsonLine).join(""),
};
