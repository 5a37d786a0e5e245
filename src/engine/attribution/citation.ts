import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import { locatorOf, pageAt } from "../../document/locate.ts";
import { headerOver } from "../../document/table-rows.ts";
import type { Citation, WindowPart } from "../results.ts";
import type { Source } from "./match.ts";

export type CiteInput = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
};

/** Attributions as citations: page, printed label, line, verbatim quote. Of quotes that begin at one place the longest stands for all. */
export function cite(attributions: readonly Source[], { documents, chunks }: CiteInput): Citation[] {
  const citations: Citation[] = [];
  for (const { chunk, quote, support } of attributions) {
    const source = documents[chunks[chunk]?.document ?? -1];
    if (source === undefined) continue;
    const at = citations.findIndex(({ path, start }) => path === source.path && start === quote.start);
    const known = citations[at];
    if (known !== undefined) {
      const end = Math.max(known.end, quote.end);
      citations[at] = { ...known, end, quote: source.text.slice(quote.start, end) };
      continue;
    }
    const locator = locatorOf(source);
    const page = locator.pageAt(quote.start);
    const header = headerOver(source, quote);
    citations.push({
      id: citations.length + 1,
      path: source.path,
      page: page?.number ?? null,
      pageLabel: page?.label ?? null,
      line: locator.lineAt(quote.start),
      ...(page?.confidence === undefined ? {} : { recognised: true as const }),
      start: quote.start,
      end: quote.end,
      quote: source.text.slice(quote.start, quote.end),
      ...(header === undefined ? {} : { header }),
      support,
    });
  }
  return citations;
}

/** The chosen chunks as they are reported in `window`. */
export function windowParts(chosen: readonly number[], scores: Float64Array, input: CiteInput): WindowPart[] {
  return chosen.flatMap((index) => {
    const chunk = input.chunks[index];
    const source = input.documents[chunk?.document ?? -1];
    if (chunk === undefined || source === undefined) return [];
    const page = pageAt(source, chunk.start)?.number ?? null;
    return [
      {
        path: source.path,
        chunk: chunk.index,
        start: chunk.start,
        end: chunk.end,
        page,
        score: scores[index] ?? 0,
      },
    ];
  });
}
