import type { Document, Page } from "./document.ts";

/** Whether a page is a picture, with no text or only a stamp or a header, so that something may have been missed. */
export function isUnread({ characters, blank, picture }: Page): boolean {
  return (characters === 0 && blank !== true) || picture === true;
}

export function hasUnreadPages({ pages }: Pick<Document, "pages">): boolean {
  return pages.some(isUnread);
}

/** [1, 2, 3, 7] → "1-3, 7", in whatever order the page numbers come. */
export function pageRanges(numbers: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && number <= run.last + 1) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
}

/** "page 3 is", "pages 3, 7-9 are". */
export function listed(pages: readonly Page[], singular = "is", plural = "are"): string {
  const list = pageRanges(pages.map(({ number }) => number));
  return pages.length === 1 ? `page ${list} ${singular}` : `pages ${list} ${plural}`;
}
