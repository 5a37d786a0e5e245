import type { Page, Section } from "../../document.ts";
import type { OutlineEntry } from "./outline.ts";

/** What may stand before a title on its line: "4.2", "Chapter 3:", "A.1 –". */
const NUMBERING = /^\s*(?:(?:chapter|section|appendix|part)\s+)?\p{L}?[\d.]*[\s.:)–-]*$/iu;

/**
 * Gives each outline entry the place of its heading in the text: the line on its page that is the title, but for
 * numbering, white space and case; else the start of its page. 40,000 entries take a second.
 */
export function placeHeadings(
  outline: readonly OutlineEntry[],
  text: string,
  pages: readonly Page[],
): Section[] {
  const sections: Section[] = [];
  const squashed = new Map<number, PageText>();
  let earliest = 0;
  for (const { title, level, pageIndex } of outline) {
    const page = pages[pageIndex];
    if (page === undefined) continue;
    const known = squashed.get(pageIndex) ?? pageText(text.slice(page.start, page.end));
    squashed.set(pageIndex, known);
    // Entries of one page come in the page's order; an outline out of order starts afresh.
    const from = earliest > page.start && earliest < page.end ? earliest - page.start : 0;
    const start = page.start + (findHeading(title, known, from) ?? from);
    sections.push({ title, level, start });
    earliest = start;
  }
  return sections.sort((a, b) => a.start - b.start);
}

/** A page's text, and the same for comparing. */
type PageText = Squashed & { readonly text: string };

function pageText(text: string): PageText {
  return { text, ...squash(text) };
}

/**
 * Offset of the start of the line that holds the title, `from` or later; a line that ends with it is better than one
 * that goes on.
 */
function findHeading(title: string, { text, letters, offsets }: PageText, from: number): number | undefined {
  const wanted = squash(title).letters;
  if (wanted === "") return undefined;
  let fallback: number | undefined;
  for (
    let at = letters.indexOf(wanted, countBefore(offsets, from));
    at !== -1;
    at = letters.indexOf(wanted, at + 1)
  ) {
    const start = offsets[at] ?? 0;
    const lineStart = Math.max(from, text.lastIndexOf("\n", start - 1) + 1);
    if (start > from && !NUMBERING.test(text.slice(lineStart, start))) continue;
    const end = (offsets[at + wanted.length - 1] ?? 0) + 1;
    if (/^[^\S\n]*(?:\n|$)/.test(text.slice(end, end + 8))) return lineStart;
    fallback ??= lineStart;
  }
  return fallback;
}

/** How many of the ascending numbers are less than a limit. */
function countBefore(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Titles and headings differ in these: `x' in the outline is ‘x’ on the page. */
const FOLDED: Readonly<Record<string, string>> = {
  "`": "'",
  "´": "'",
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
  "‐": "-",
  "‑": "-",
  "–": "-",
  "—": "-",
};

type Squashed = { readonly letters: string; readonly offsets: readonly number[] };

/** Lower-case text without white space, quotes and dashes folded, and where each of its code units was. */
function squash(text: string): Squashed {
  const offsets: number[] = [];
  let letters = "";
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i);
    if (unit.trim() === "") continue;
    const lower = FOLDED[unit] ?? unit.toLowerCase();
    // A few capitals have longer small forms, which would shift the offsets.
    letters += lower.length === 1 ? lower : unit;
    offsets.push(i);
  }
  return { letters, offsets };
}
