import { leadsToPage } from "./contents-lines.ts";
import { isInContents } from "./contents-runs.ts";
import type { Document } from "./document.ts";
import type { Span } from "./sentences.ts";

/** An entry of an index without dots: `late binding, 439, 441`. */
const ENTRY = /^\s*\S.{0,100}?,[ \t]*\d{1,4}(?:[–-]\d+)?(?:,[ \t]*\d{1,4}(?:[–-]\d+)?)*,?[ \t]*$/u;
/** An entry with several pages. */
const SEVERAL_PAGES = /,[ \t]*\d{1,4}[ \t]*[,–-][ \t]*\d{1,4},?[ \t]*$/u;
/** The pages of an entry. */
const PAGES = /(?:,[ \t]*\d{1,4}(?:[–-]\d+)?)+,?[ \t]*$/u;
/** Share of the entries with several pages that name them in order; other figures of a list rise by chance. */
const LEAST_RISING = 0.9;
const LEAST_ALIKE = 0.9;
const LEAST_ENTRIES = 8;
const LEAST_WITH_SEVERAL = 0.05;
/** Share of neighbours in the order of the alphabet: programs sort signs in many ways. */
const LEAST_IN_ORDER = 0.7;

/** The letters over the parts of an index. */
const INDEX_LETTER = /^\s*(?:\p{L}|\p{L}\s*[–-]\s*\p{L}|symbols)\s*$/iu;

type Source = Pick<Document, "text" | "sections">;

/**
 * Whether a span is of a table of contents or an index, which name what the document says elsewhere: every other line leads to a page,
 * or names a heading that comes later.
 */
export function isOfContents(source: Source, span: Span): boolean {
  return isInContents(source, span) || leadToPages(source.text.slice(span.start, span.end));
}

function leadToPages(text: string): boolean {
  const lines = linesOf(text);
  const leading = lines.filter(leadsToPage);
  return leading.length > 0 && 2 * leading.length >= lines.length;
}

/** Whether a chunk is of a table of contents or an index, also of one without dots: entries in the order of the alphabet. */
export function isOfIndex(source: Source, chunk: Span): boolean {
  if (isOfContents(source, chunk)) return true;
  const lines = linesOf(source.text.slice(chunk.start, chunk.end));
  const entries = lines.filter((line) => ENTRY.test(line));
  const several = entries.filter((line) => SEVERAL_PAGES.test(line));
  if (entries.length < LEAST_ENTRIES || 2 * entries.length < lines.length) return false;
  if (several.length < LEAST_WITH_SEVERAL * entries.length || areRows(several, entries.length)) return false;
  const rising = several.filter((entry) => areRising(pagesOf(entry)));
  return rising.length >= LEAST_RISING * several.length && areInOrder(entries);
}

/** Whether almost all entries have as many figures, two or more, as rows of a table do. */
function areRows(several: readonly string[], nEntries: number): boolean {
  const first = pagesOf(several[0] ?? "").length;
  const alike = several.filter((entry) => pagesOf(entry).length === first);
  return first > 1 && alike.length >= LEAST_ALIKE * nEntries;
}

/** The pages of an entry; of 340–41 the first. */
function pagesOf(entry: string): number[] {
  const pages = PAGES.exec(entry)?.[0].split(",") ?? [];
  return pages.filter((page) => page.trim() !== "").map((page) => Number.parseInt(page, 10));
}

function areRising(pages: readonly number[]): boolean {
  return pages.every((page, i) => i === 0 || page > (pages[i - 1] ?? page));
}

function areInOrder(entries: readonly string[]): boolean {
  const { compare } = new Intl.Collator("en", { sensitivity: "base", ignorePunctuation: true });
  const inOrder = entries.slice(1).filter((entry, i) => compare(entries[i] ?? "", entry) <= 0);
  return inOrder.length >= LEAST_IN_ORDER * (entries.length - 1);
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "" && !INDEX_LETTER.test(line));
}
