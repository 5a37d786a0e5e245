import type { Coverage } from "../engine/results.ts";
import { count, percent } from "./quantity.ts";

/** What an absent answer begins with; that more could be looked at, where it could. */
export function absentHeadline(coverage: Coverage): string {
  const { condensed, total } = coverage.chunks;
  if (condensed === 0 || condensed === total) return `Not in ${searchedText(coverage)}.`;
  return `Not found in the ${count(condensed)} likeliest of ${count(total)} chunks; --thorough looks at all.`;
}

/** "Uncertain (34 %): the document may not <do>." */
export function uncertainHeadline(
  does: string,
  { confidence, coverage }: { readonly confidence: number; readonly coverage: Coverage },
): string {
  return `Uncertain (${percent(confidence)}): ${searchedText(coverage)} may not ${does}.`;
}

/** What an answer was looked for in, for a headline: "the document", "the pages that could be read". */
export function searchedText({ documents, pages }: Coverage): string {
  const isOne = documents === 1;
  if (pages.unreadable.length > 0)
    return isOne ? "the pages that could be read" : "what could be read of the documents";
  if (pages.leftOut !== undefined) return "the pages that were asked for";
  return isOne ? "the document" : "the documents";
}
