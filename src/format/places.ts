import { Chalk } from "chalk";
import type { Citation, Places } from "../engine/results.ts";
import type { FormatOptions } from "./format.ts";
import { literal } from "./markdown-table.ts";
import { place, quoted } from "./place.ts";
import { printableLine } from "./printable.ts";
import { counted } from "./quantity.ts";
import { wrap } from "./wrap.ts";

/** For people: each place with its passage; nothing where there is none. */
export function placesText({ places }: Places, { color, width }: FormatOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return places.map((found) => `${chalk.bold(place(found))}\n${wrap(quoted(found), width)}\n`).join("\n");
}

export function placesMarkdown({ places }: Places): string {
  return places
    .map((found) => `${found.id}. ${literal(place(found))}:\n   > ${literal(printableLine(found.quote))}\n`)
    .join("");
}

const COLUMNS: readonly Exclude<keyof Citation, "recognised">[] = [
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
    return COLUMNS.map((column) => field(named[column])).join(",");
  });
  return [COLUMNS.join(","), ...rows].map((row) => `${row}\r\n`).join("");
}

/** Spreadsheets take what begins with one of =+-@ for a formula: text that does so is marked as text. */
function field(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** "7 places in 1,487 chunks; 3 chunks more may answer": the receipt's first words. */
export function placesCount({ places, unsureChunks, coverage }: Places): string {
  const found = `${counted(places.length, "place")} in ${counted(coverage.chunks.condensed, "chunk")}`;
  return unsureChunks === 0 ? found : `${found}; ${counted(unsureChunks, "chunk")} more may answer`;
}
