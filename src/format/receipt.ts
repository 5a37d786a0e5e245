import { pageRanges } from "../document/pages.ts";
import type { Coverage } from "../engine/results.ts";
import { printableLine } from "./printable.ts";
import { count, counted } from "./quantity.ts";

/** The rest is counted; JSON names them all. */
const MOST_NAMED = 10;

/** "searched 1151/1151 pages, 512,341 tokens, 1,102 chunks; 128 of these read under the question (28 from the store); 0 skipped". */
export function receipt(coverage: Coverage): string {
  return `${workPart(coverage)}; ${count(coverage.skipped.length)} skipped`;
}

/** The same without what was skipped. What was searched, read under the question and taken from the store are told apart. */
export function workPart(coverage: Coverage): string {
  const { chunks } = coverage;
  if (chunks.searched === 0) return `read ${sizePart(coverage)}${storePart(chunks)}`;
  const condensed =
    chunks.condensed === 0
      ? ""
      : `; ${count(chunks.condensed)} of these read under the question${storePart(chunks)}`;
  return `searched ${sizePart(coverage)}${condensed}`;
}

function storePart({ stored }: Coverage["chunks"]): string {
  return stored === 0 ? "" : ` (${count(stored)} from the store)`;
}

/** "1151/1151 pages, 512,341 tokens, 1,102 chunks". */
function sizePart({ documents, pages, tokens, chunks }: Coverage): string {
  const parts: string[] = [];
  if (documents !== 1 || pages.total === 0) parts.push(counted(documents, "document"));
  const leftOut = pages.leftOut === undefined ? "" : ` (${count(pages.leftOut)} left out as asked)`;
  if (pages.total > 0) parts.push(`${pages.read}/${pages.total} pages${leftOut}`);
  parts.push(counted(tokens.total, "token"), counted(chunks.total, "chunk"));
  return parts.join(", ");
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
