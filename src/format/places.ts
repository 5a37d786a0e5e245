import { Chalk } from "chalk";
import type { Citation, Places } from "../engine/results.ts";
import { csvField, csvRows } from "./csv.ts";
import type { FormatOptions } from "./format.ts";
import { linkedPlace } from "./links.ts";
import { sourceItem } from "./markdown.ts";
import { quoted } from "./place.ts";
import { counted } from "./quantity.ts";
import { wrap } from "./wrap.ts";

/** For people: each place with its passage; nothing where there is none. */
export function placesText({ places }: Places, { color, width, links }: FormatOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return places
    .map((found) => `${chalk.bold(linkedPlace(found, links))}\n${wrap(quoted(found), width)}\n`)
    .join("\n");
}

export function placesMarkdown({ places }: Places, { links }: FormatOptions): string {
  return places.map((found) => `${sourceItem(found, links)}\n`).join("");
}

const COLUMNS: readonly Exclude<keyof Citation, "header" | "recognised">[] = [
  "path",
  "page",
  "pageLabel",
  "line",
  "quote",
  "support",
];

/** RFC 4180, with a head; a place is a line of the table. */
export function placesCsv({ places }: Places): string {
  const rows = places.map((found) => {
    const named = { ...found, path: found.path === "-" ? "standard input" : found.path };
    return COLUMNS.map((column) => csvField(named[column])).join(",");
  });
  return csvRows([COLUMNS.join(","), ...rows]);
}

/** "7 places in 1,487 chunks; 3 chunks more may answer": the receipt's first words. */
export function placesCount({ places, unsureChunks, coverage }: Places): string {
  const found = `${counted(places.length, "place")} in ${counted(coverage.chunks.condensed, "chunk")}`;
  return unsureChunks === 0 ? found : `${found}; ${counted(unsureChunks, "chunk")} more may answer`;
}
