import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import { isUnread } from "../../document/pages.ts";
import type { Coverage, Skipped } from "../results.ts";

export type CoverageInput = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  readonly skipped: readonly Skipped[];
  /** Chunks that were looked through without a forward pass. */
  readonly searched: number;
  readonly condensed: number;
  readonly counts: ChunkCounts;
};

/** Counted where it happens. */
export type ChunkCounts = {
  /** Chunks that went through the reader now, and those whose rows the store had. */
  readonly read: number;
  readonly stored: number;
  /** Tokens of both. */
  readonly tokens: number;
};

/**
 * The receipt, of counters and not of intentions. A page on which something is drawn but no text stands (a scan, a
 * picture) counts as unreadable.
 */
export function coverage(input: CoverageInput): Coverage {
  const { documents, chunks, skipped, searched, condensed, counts } = input;
  const pages = documents.flatMap(({ path, pages }) => pages.map((page) => ({ path, page })));
  const unreadable = pages
    .filter(({ page }) => isUnread(page))
    .map(({ path, page }) => ({ path, page: page.number }));
  const leftOut = documents.reduce((sum, { leftOutPages = 0 }) => sum + leftOutPages, 0);
  return {
    documents: documents.length,
    pages: {
      total: pages.length,
      read: pages.length - unreadable.length,
      unreadable,
      ...(leftOut === 0 ? {} : { leftOut }),
    },
    chunks: { total: chunks.length, searched, condensed, read: counts.read, stored: counts.stored },
    tokens: { total: totalTokens(chunks), read: counts.tokens },
    skipped,
  };
}

export function totalTokens(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.tokens.length, 0);
}
