import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import { isUnread } from "../../document/pages.ts";
import type { Coverage, Skipped } from "../results.ts";

export type CoverageInput = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  readonly skipped: readonly Skipped[];
  readonly condensed: number;
};

/**
 * The receipt of a run that went to its end: every chunk was evaluated, came from the store, or was read by an earlier
 * run. A page on which something is drawn but no text stands (a scan, a picture) counts as unreadable.
 */
export function coverage({ documents, chunks, skipped, condensed }: CoverageInput): Coverage {
  const pages = documents.flatMap(({ path, pages }) => pages.map((page) => ({ path, page })));
  const unreadable = pages
    .filter(({ page }) => isUnread(page))
    .map(({ path, page }) => ({ path, page: page.number }));
  const tokens = totalTokens(chunks);
  return {
    documents: documents.length,
    pages: { total: pages.length, read: pages.length - unreadable.length, unreadable },
    chunks: { total: chunks.length, read: chunks.length, condensed },
    tokens: { total: tokens, read: tokens },
    skipped,
  };
}

export function totalTokens(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.tokens.length, 0);
}
