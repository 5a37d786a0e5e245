import type { Document, Page } from "./document.ts";

/** Answers where an offset of a document's text is. */
export type Locator = {
  /** Undefined where the format has no pages, or the offset is outside the text. */
  readonly pageAt: (offset: number) => Page | undefined;
  /** Counted from 1; lines end with "\n", "\r\n" or a lone "\r". */
  readonly lineAt: (offset: number) => number;
};

const locators = new WeakMap<Document, Locator>();

/** Of a document the index of lines is built once, in a few ms for a million characters; each question then takes logarithmic time. */
export function locatorOf(document: Document): Locator {
  const locator = locators.get(document) ?? createLocator(document);
  locators.set(document, locator);
  return locator;
}

function createLocator(document: Document): Locator {
  const lineStarts = [0];
  for (const end of document.text.matchAll(/\r\n|\n|\r/g)) lineStarts.push(end.index + end[0].length);
  return {
    pageAt: (offset) => pageAt(document, offset),
    lineAt: (offset) => lastAtMost(lineStarts, offset, (start) => start) + 1,
  };
}

/** The page that holds the character at `offset`; pages without text hold none. */
export function pageAt({ pages }: Document, offset: number): Page | undefined {
  // Of several pages with one start, all but the last are empty.
  const page = pages[lastAtMost(pages, offset, ({ start }) => start)];
  return page !== undefined && offset >= page.start && offset < page.end ? page : undefined;
}

/** Index of the last item whose place is at most `limit`; 0 when there is none. Items are in order of their places. */
function lastAtMost<T>(items: readonly T[], limit: number, place: (item: T) => number): number {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const item = items[middle];
    if (item !== undefined && place(item) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
