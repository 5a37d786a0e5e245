import type { Coverage } from "../engine/results.ts";

/** What an answer was looked for in, for a headline: "the document", "the pages that could be read". */
export function searchedText({ documents, pages }: Coverage): string {
  const isOne = documents === 1;
  if (pages.unreadable.length > 0)
    return isOne ? "the pages that could be read" : "what could be read of the documents";
  if (pages.leftOut !== undefined) return "the pages that were asked for";
  return isOne ? "the document" : "the documents";
}
