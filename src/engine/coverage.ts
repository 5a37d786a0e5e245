import type { Chunk } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import type { Coverage, Skipped } from "./answer.ts";

export type CoverageInput = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  readonly skipped: readonly Skipped[];
  /** Tokens that were evaluated or whose rows came from the store. */
  readonly readTokens: number;
  readonly condensed: number;
};

/** The receipt. A page without a character of text counts as unreadable: there was nothing to read on it. */
export function coverage({ documents, chunks, skipped, readTokens, condensed }: CoverageInput): Coverage {
  const pages = documents.flatMap(({ path, pages }) => pages.map((page) => ({ path, page })));
  const unreadable = pages
    .filter(({ page }) => page.characters === 0)
    .map(({ path, page }) => ({ path, page: page.number }));
  const totalTokens = chunks.reduce((sum, chunk) => sum + chunk.tokens.length, 0);
  return {
    documents: documents.length,
    pages: { total: pages.length, read: pages.length - unreadable.length, unreadable },
    chunks: { total: chunks.length, read: chunks.length, condensed },
    tokens: { total: totalTokens, read: readTokens },
    skipped,
  };
}
