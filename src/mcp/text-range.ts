import { atCharacter } from "../document/character-boundary.ts";
import type { Document } from "../document/document.ts";
import { pageRanges } from "../document/pages.ts";
import { InputError, UsageError } from "../errors.ts";
import { documentJson, documentText } from "../format/document.ts";
import type { Outcome } from "./jobs.ts";

/** What one call gives at most: about 10,000 tokens, which clients take. */
const MOST_CHARACTERS = 40_000;

export type TextRange = {
  /** "3" or "3-7"; all pages otherwise. */
  readonly pages?: string | undefined;
  /** UTF-16 offset into the document's text, from an earlier call's `nextOffset`. */
  readonly offset?: number | undefined;
};

/**
 * A document's text, as far as one call gives it, and what is attached to it. Throws UsageError for pages that are none, and
 * for an offset behind the end.
 */
export function textOutcome(
  document: Document,
  { pages: wanted, offset }: TextRange,
  attached: readonly Document[] = [],
): Outcome {
  const span = wanted === undefined ? { start: 0, end: document.text.length } : pageSpan(document, wanted);
  const start = Math.max(span.start, startAt(document, offset ?? 0, span.end));
  const end = Math.min(span.end, atCharacter(document.text, start + MOST_CHARACTERS));
  const part = slice(document, start, end);
  const { format, title = null } = document;
  const nextOffset = end < span.end ? end : null;
  const json = { ...documentJson(part), command: "text", format, title, pageCount: document.pages.length };
  const more = nextOffset === null ? "" : `\n[cut: go on with offset ${nextOffset}]\n`;
  const names = attached.map((one) => `[attached: ${one.path}]\n`);
  return {
    text: [documentText(part), more, ...names].join(""),
    json: { ...json, characters: document.text.length, start, end, nextOffset, ...attachments(attached) },
  };
}

/** An offset that a client may have counted itself, at the beginning of a character. `end`: of what is asked for. */
function startAt({ path, text }: Document, offset: number, end: number): number {
  if (offset <= end) return atCharacter(text, offset);
  throw new UsageError(`offset is ${offset}, and what is asked for of ${path} ends at ${end}`, {
    hint: "go on with the nextOffset of the call before; it is null at the end",
  });
}

/** Named, each to be asked for by its path. */
function attachments(attached: readonly Document[]) {
  if (attached.length === 0) return {};
  return {
    attachments: attached.map(({ path, format, text }) => ({ path, format, characters: text.length })),
  };
}

/** The text from `start` to `end` as a document: offsets of its pages count from its own beginning. */
function slice(document: Document, start: number, end: number): Document {
  const pages = document.pages
    .filter((page) => page.end > start && page.start < end)
    .map((page) => ({
      ...page,
      start: Math.max(0, page.start - start),
      end: Math.min(end, page.end) - start,
    }));
  return { ...document, text: document.text.slice(start, end), pages };
}

/** Pages that a document does not have are left out, as long as it has one of those that are asked for. */
function pageSpan({ path, pages, leftOutPages }: Document, wanted: string) {
  const [, from, to = from] = /^\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?$/u.exec(wanted) ?? [];
  if (from === undefined) throw new UsageError(`pages is "${wanted}", expected "3" or "3-7"`);
  if (pages.length === 0)
    throw new UsageError(`${path} has no pages`, { hint: "leave pages out, and use offset" });
  const asked = pages.filter(({ number }) => number >= Number(from) && number <= Number(to));
  const [first, last] = [asked[0], asked.at(-1)];
  if (first !== undefined && last !== undefined) return { start: first.start, end: last.end };
  const all = pageRanges(pages.map(({ number }) => number));
  const which = `${pages.length === 1 ? "page" : "pages"} ${all}`;
  const hint = leftOutPages === undefined ? {} : { hint: "the server's --pages leaves out all others" };
  throw new InputError(`${path} has ${which}, and not ${wanted}`, hint);
}
