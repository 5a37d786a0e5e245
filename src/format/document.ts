import type { Document, Page } from "../document/document.ts";
import { JSON_VERSION } from "./json.ts";
import { isNamed } from "./place.ts";

/** The text as the model will see it; a line in front of each page says which it is. */
export function documentText({ text, pages }: Document): string {
  if (pages.length === 0) return endLine(text);
  return pages.map((page) => `${mark(page)}\n${endLine(text.slice(page.start, page.end))}`).join("");
}

/** A document's text, and that of each attached one below a line that names it. */
export function documentsText(documents: readonly Document[]): string {
  const named = (document: Document, i: number): string => (i === 0 ? "" : `=== ${document.path} ===\n`);
  return documents.map((document, i) => `${named(document, i)}${documentText(document)}`).join("");
}

/** "--- page 3 (printed iii) ---". */
function mark({ number, label, characters, blank, confidence }: Page): string {
  const printed =
    label === undefined || label === String(number) ? "" : ` (${isNamed(label) ? "" : "printed "}${label})`;
  const empty = blank === true ? ", blank" : ", no text";
  const recognised = confidence === undefined ? "" : `, recognised (${Math.round(confidence)} % sure)`;
  return `--- page ${number}${printed}${recognised}${characters === 0 ? empty : ""} ---`;
}

function endLine(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

/** The text and its pages, JSON version 1; `start` and `end` are UTF-16 offsets into `text`. */
export function documentJson({ path, text, pages, warnings }: Document) {
  return {
    version: JSON_VERSION,
    path,
    text,
    pages: pages.map(({ number, label, start, end, characters, confidence }) => {
      return {
        number,
        label: label ?? null,
        start,
        end,
        characters,
        ...(confidence === undefined ? {} : { confidence }),
      };
    }),
    warnings,
  } as const;
}

/** A document as {@link documentJson} gives it, with those attached to it where there are any. */
export function documentsJson(documents: readonly Document[]) {
  const [first, ...attachments] = documents.map(documentJson);
  return attachments.length === 0 ? first : { ...first, attachments };
}
