import type { ExtractedItem, Extraction, ItemPlace, Value } from "../engine/extract/extraction.ts";
import { csvField, csvRows } from "./csv.ts";
import type { FormatOptions } from "./format.ts";
import { JSON_VERSION } from "./json.ts";
import { linkedPlace, markdownPlace } from "./links.ts";
import { backslashed } from "./markdown.ts";
import { literal, markdownRows } from "./markdown-table.ts";
import { printableLine } from "./printable.ts";
import { counted } from "./quantity.ts";
import { type Column, table } from "./table.ts";

/** Longer values are cut in the table for people. */
const MOST_CHARACTERS = 40;
const MARK = " [unsupported]";

/** For people: a table of the items, and below it where each stands. */
export function extractionText({ schema, items }: Extraction, { links }: FormatOptions): string {
  if (items.length === 0) return "";
  const columns: Column<ExtractedItem>[] = [
    { head: "", cell: ({ id }) => `[${id}]` },
    ...schema.fields.map(({ name, type, isList }) => ({
      head: printableLine(name),
      cell: (item: ExtractedItem) => shown(item, name, MOST_CHARACTERS),
      right: type !== "string" && !isList,
    })),
  ];
  const places = items.flatMap(({ id, places: all }) =>
    all.map((place) => `[${id}] ${linkedPlace({ id, ...place }, links)}\n`),
  );
  return `${table(items, columns)}\n${places.join("")}`;
}

/** A table of the items, their places in the last column. */
export function extractionMarkdown({ schema, items }: Extraction, { links }: FormatOptions): string {
  const names = schema.fields.map(({ name }) => name);
  const rows = items.map((item) => [
    ...names.map((name) => literal(printableLine(shown(item, name)))),
    item.places.map((place) => inCell(markdownPlace({ id: item.id, ...place }, links))).join("<br>"),
  ]);
  return markdownRows([...names.map((name) => literal(printableLine(name))), "where"], rows);
}

/** A bar of a link would end the cell; Obsidian takes it escaped there. */
function inCell(place: string): string {
  return backslashed(place, /\|/u);
}

/** Behind those of the fields; places that an item has besides the first are in the last. */
const OWN_COLUMNS = ["unsupported", "path", "page", "line", "quote", "more"];

/** RFC 4180. No two columns have one name: where a field is called as one of ours, ours is "source line", and so on. */
export function extractionCsv({ schema, items }: Extraction): string {
  const names = schema.fields.map(({ name }) => name);
  const head = [...names, ...OWN_COLUMNS.map((name) => nameBeside(names, name))];
  const rows = items.map(({ values, unsupported, places: [first, ...more] }) => {
    const own = names.map((name) => plain(values[name] ?? null));
    const where = [pathOf(first), first?.page ?? null, first?.line ?? null, first?.quote ?? null];
    const others = more.map((place) => `${pathOf(place)}${place.page === null ? "" : ` p. ${place.page}`}`);
    return [...own, unsupported.join("; "), ...where, others.join("; ")].map(csvField).join(",");
  });
  return csvRows([head.map(csvField).join(","), ...rows]);
}

function nameBeside(names: readonly string[], own: string): string {
  return names.includes(own) ? nameBeside(names, `source ${own}`) : own;
}

/** `focus extract`, JSON version 1. */
export function extractionJson(extraction: Extraction) {
  const { schema, question, items, ...rest } = extraction;
  return {
    version: JSON_VERSION,
    command: "extract",
    question,
    fields: schema.fields.map(({ name }) => name),
    count: items.length,
    items: items.map(itemJson),
    ...rest,
  } as const;
}

/** An item with whether all of it is supported. */
export function itemJson({ id, values, unsupported, places }: ExtractedItem) {
  return { id, values, supported: unsupported.length === 0, unsupported, places } as const;
}

/** "12 items from 9 of 1,487 chunks, 2 with unsupported values; 3 made up and left out". */
export function extractionCount({ items, invented, chunks, coverage }: Extraction): string {
  const marked = items.filter(({ unsupported }) => unsupported.length > 0).length;
  const from = `${chunks.written} of ${counted(coverage.chunks.total, "chunk")}`;
  const unsupported = marked === 0 ? "" : `, ${marked} with unsupported values`;
  const out = invented === 0 ? "" : `; ${invented} made up and left out`;
  return `${counted(items.length, "item")} from ${from}${unsupported}${out}`;
}

function shown({ values, unsupported }: ExtractedItem, name: string, most?: number): string {
  const text = String(plain(values[name] ?? null) ?? "");
  const cut = most !== undefined && text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return unsupported.includes(name) ? `${cut}${MARK}`.trim() : cut;
}

/** A list as one text. */
function plain(value: Value): string | number | null {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  return typeof value === "boolean" ? String(value) : value.join("; ");
}

function pathOf(place: ItemPlace | undefined): string {
  if (place === undefined) return "";
  return place.path === "-" ? "standard input" : place.path;
}
