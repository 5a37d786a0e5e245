import type { Formats } from "./format.ts";
import { JSON_VERSION, toJson, toJsonLine } from "./json.ts";
import { bytes, parameters } from "./quantity.ts";
import { type Column, table } from "./table.ts";

/** A model of the catalogue or of the models folder; null = focus does not know. */
export type ModelRow = {
  readonly name: string;
  readonly title: string | null;
  readonly parameters: number | null;
  readonly bytes: number;
  readonly licence: string | null;
  readonly languages: "english" | "multilingual" | null;
  readonly roles: readonly ("reader" | "writer")[];
  /** Absolute; null = not here. */
  readonly path: string | null;
  /** What is wrong with the file. */
  readonly problem: string | null;
  /** Into this machine's memory, with an answer window of 8192 tokens. */
  readonly fits: boolean | null;
  /** The largest writer that this machine bears. */
  readonly recommended: boolean;
};

const COLUMNS: readonly Column<ModelRow>[] = [
  { head: "name", cell: ({ name }) => name },
  {
    head: "params",
    cell: (row) => (row.parameters === null ? "?" : parameters(row.parameters)),
    right: true,
  },
  { head: "size", cell: (row) => bytes(row.bytes), right: true },
  { head: "here", cell: ({ path, problem }) => (problem === null ? yesOrNo(path !== null) : "damaged") },
  { head: "fits", cell: ({ fits, recommended }) => (recommended ? "best" : yesOrNo(fits)) },
  { head: "roles", cell: ({ roles }) => roles.join(", ") },
  { head: "languages", cell: ({ languages }) => languages ?? "?" },
  { head: "licence", cell: ({ licence }) => licence ?? "?" },
];

function yesOrNo(value: boolean | null): string {
  if (value === null) return "?";
  return value ? "yes" : "no";
}

/** What `focus model list` prints. */
export const MODEL_FORMATS: Formats<readonly ModelRow[]> = {
  text: (rows) => table(rows, COLUMNS),
  json: (models) => toJson({ version: JSON_VERSION, command: "model list", models }),
  jsonl: (models) => models.map(toJsonLine).join(""),
};
