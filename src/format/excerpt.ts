import { Chalk } from "chalk";
import type { Document } from "../document/document.ts";
import type { Citation } from "../engine/results.ts";
import type { FormatOptions } from "./format.ts";
import { place } from "./place.ts";
import { printable } from "./printable.ts";
import { wrap } from "./wrap.ts";

/** Lines before and after a quote, where the format has no pages. */
const LINES_AROUND = 15;

type Shown = Pick<Document, "text" | "pages">;
type Quoted = Pick<Citation, "path" | "page" | "pageLabel" | "line" | "start" | "end" | "quote">;

/** The text around a citation, its page or some lines; ">" stands before each line of the quote. */
export function excerpt(document: Shown, citation: Quoted, { color, width }: FormatOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const { text } = document;
  const { start, end } = around(document, citation);
  const from = text.lastIndexOf("\n", citation.start - 1) + 1;
  const to = lineEnd(text, Math.max(citation.start, citation.end - 1));
  const marked = lines(text.slice(from, to)).map((line) => chalk.bold(row("> ", line, width)));
  const before = lines(text.slice(start, from)).map((line) => row("  ", line, width));
  const after = lines(text.slice(to, end)).map((line) => row("  ", line, width));
  return `${[chalk.cyan(place(citation)), "", ...before, ...marked, ...after].join("\n")}\n`;
}

/** Offsets of the page, or of whole lines. */
function around({ text, pages }: Shown, { page: number, start, end }: Quoted) {
  const page = pages.find((one) => one.number === number);
  if (page !== undefined) return { start: page.start, end: Math.max(page.end, end) };
  let from = start;
  for (let i = 0; i <= LINES_AROUND && from > 0; i += 1) from = text.lastIndexOf("\n", from - 1);
  let to = end;
  for (let i = 0; i <= LINES_AROUND && to < text.length; i += 1) to = lineEnd(text, to + 1);
  return { start: Math.max(0, from + 1), end: to };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

function lines(text: string): string[] {
  return text === "" ? [] : text.replace(/^\n|\n$/gu, "").split("\n");
}

function row(gutter: string, line: string, width: number | undefined): string {
  const columns = width === undefined ? undefined : width - gutter.length;
  return `${gutter}${wrap(printable(line), columns).replaceAll("\n", `\n${gutter}`)}`.trimEnd();
}
