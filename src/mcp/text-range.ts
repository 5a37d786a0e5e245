import type { Document } from "../document/document.ts";
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

/** A document's text, as far as one call gives it. Throws UsageError for pages that are none. */
export function textOutcome(document: Document, { pages: wanted, offset }: TextRange): Outcome {
  const span = wanted === undefined ? { start: 0, end: document.text.length } : pageSpan(document, wanted);
  const start = Math.max(span.start, offset ?? 0);
  const end = Math.min(span.end, start + MOST_CHARACTERS);
  const part = slice(document, start, end);
  const { format, title = null } = document;
  const nextOffset = end < span.end ? end : null;
  const json = { ...documentJson(part), command: "text", format, title, pageCount: document.pages.length };
  const more = nextOffset === null ? "" : `\n[cut: go on with offset ${nextOffset}]\n`;
  return {
    text: `${documentText(part)}${more}`,
    json: { ...json, characters: document.text.length, start, end, nextOffset },
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

function pageSpan({ path, pages }: Document, wanted: string) {
  const [, from, to = from] = /^\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?$/u.exec(wanted) ?? [];
  if (from === undefined) throw new UsageError(`pages is "${wanted}", expected "3" or "3-7"`);
  const last = pages.length;
  if (last === 0) throw new UsageError(`${path} has no pages`, { hint: "leave pages out, and use offset" });
  const [first, final] = [pages[Number(from) - 1], pages[Math.min(Number(to), last) - 1]];
  if (first !== undefined && final !== undefined && first.number <= final.number) {
    return { start: first.start, end: final.end };
  }
  throw new InputError(`${path} has pages 1 to ${last}, and not ${wanted}`);
}
