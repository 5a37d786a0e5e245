import { Chalk } from "chalk";
import type { Citation, Places, Verdict } from "../engine/results.ts";
import { csvField, csvRows } from "./csv.ts";
import type { FormatOptions } from "./format.ts";
import { linkedPlace } from "./links.ts";
import { sourceItem } from "./markdown.ts";
import { quoted } from "./place.ts";
import { counted } from "./quantity.ts";
import { wrap } from "./wrap.ts";

/** What stands above the places that may answer. */
export const LESS_SURE = "Less sure";

/** For people: each place with its passage, and those that may answer below; nothing where there is none. */
export function placesText({ places, uncertain }: Places, { color, width, links }: FormatOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const shown = (found: Citation) =>
    `${chalk.bold(linkedPlace(found, links))}\n${wrap(quoted(found), width)}\n`;
  const below = uncertain.length === 0 ? [] : [`${chalk.dim(`${LESS_SURE}:`)}\n`];
  return [...places.map(shown), ...below, ...uncertain.map(shown)].join("\n");
}

export function placesMarkdown({ places, uncertain }: Places, { links }: FormatOptions): string {
  const list = (some: readonly Citation[]) => some.map((found) => `${sourceItem(found, links)}\n`).join("");
  const parts = [list(places), ...(uncertain.length === 0 ? [] : [`${LESS_SURE}:\n`, list(uncertain)])];
  return parts.filter((part) => part !== "").join("\n");
}

/** A place and how sure it is, as tables and lines of JSON say it. */
export function judgedPlaces({ places, uncertain }: Places): readonly JudgedPlace[] {
  const judged = (verdict: JudgedPlace["verdict"]) => (place: Citation) => ({ ...place, verdict });
  return [...places.map(judged("answered")), ...uncertain.map(judged("uncertain"))];
}

export type JudgedPlace = Citation & { readonly verdict: Exclude<Verdict, "absent"> };

const COLUMNS: readonly Exclude<keyof JudgedPlace, "header" | "recognised">[] = [
  "path",
  "page",
  "pageLabel",
  "line",
  "quote",
  "support",
  "verdict",
];

/** RFC 4180, with a head; a place is a line of the table. */
export function placesCsv(found: Places): string {
  const rows = judgedPlaces(found).map((place) => {
    const named = { ...place, path: place.path === "-" ? "standard input" : place.path };
    return COLUMNS.map((column) => csvField(named[column])).join(",");
  });
  return csvRows([COLUMNS.join(","), ...rows]);
}

/** "7 places in 1,487 chunks; 3 less sure": the receipt's first words. */
export function placesCount({ places, uncertain, coverage }: Places): string {
  const found = `${counted(places.length, "place")} in ${counted(coverage.chunks.condensed, "chunk")}`;
  return uncertain.length === 0 ? found : `${found}; ${uncertain.length} less sure`;
}
