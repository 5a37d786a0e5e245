import { pageRanges } from "../document/pages.ts";
import type { Coverage } from "../engine/results.ts";
import { printableLine } from "./printable.ts";
import { count, counted } from "./quantity.ts";

/** The rest is counted; JSON names them all. */
const MOST_NAMED = 10;

/** "read 1151/1151 pages, 512,341 tokens, 1,102 chunks (128 condensed); 0 skipped". */
export function receipt(coverage: Coverage): string {
  return `read ${readPart(coverage)}; ${count(coverage.skipped.length)} skipped`;
}

/** "1151/1151 pages, 512,341 tokens, 1,102 chunks (128 condensed)". */
export function readPart({ documents, pages, tokens, chunks }: Coverage): string {
  const parts: string[] = [];
  if (documents !== 1 || pages.total === 0) parts.push(counted(documents, "document"));
  if (pages.total > 0) parts.push(`${pages.read}/${pages.total} pages`);
  parts.push(share(tokens.read, tokens.total, "token"));
  const condensed = chunks.condensed === 0 ? "" : ` (${count(chunks.condensed)} condensed)`;
  parts.push(`${share(chunks.read, chunks.total, "chunk")}${condensed}`);
  return parts.join(", ");
}

function share(part: number, whole: number, noun: string): string {
  return part === whole ? counted(whole, noun) : `${count(part)} of ${counted(whole, noun)}`;
}

/** What was not read, a sentence each, to be said as warnings: pages without text, by document, and skipped paths. */
export function losses({ pages, skipped }: Pick<Coverage, "pages" | "skipped">): string[] {
  const byPath = new Map<string, number[]>();
  for (const { path, page } of pages.unreadable) byPath.set(path, [...(byPath.get(path) ?? []), page]);
  const unread = [...byPath].map(
    ([path, numbers]) =>
      `${printableLine(path)}: no text on ${numbers.length === 1 ? "page" : "pages"} ${pageRanges(numbers)}: not read`,
  );
  const named = skipped
    .slice(0, MOST_NAMED)
    .map(({ path, reason }) => `not read: ${printableLine(path)}: ${printableLine(reason)}`);
  const more = skipped.length - named.length;
  return [...unread, ...named, ...(more > 0 ? [`not read: ${count(more)} more; --json lists them`] : [])];
}
