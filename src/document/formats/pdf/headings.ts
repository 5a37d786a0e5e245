import type { Page, Section } from "../../document.ts";
import type { OutlineEntry } from "./outline.ts";

/** What may stand before a title on its line: "4.2", "Chapter 3:", "A.1 –". */
const NUMBERING = /^\s*(?:(?:chapter|section|appendix|part)\s+)?\p{L}?[\d.]*[\s.:)–-]*$/iu;

/**
 * Gives each outline entry the place of its heading in the text: the line on its page that is the title, but for
 * numbering, white space and case; else the start of its page.
 */
export function placeHeadings(
  outline: readonly OutlineEntry[],
  text: string,
  pages: readonly Page[],
): Section[] {
  const sections: Section[] = [];
  let earliest = 0;
  for (const { title, level, pageIndex } of outline) {
    const page = pages[pageIndex];
    if (page === undefined) continue;
    // Entries of one page come in the page's order; an outline out of order starts afresh.
    const from = earliest > page.start && earliest < page.end ? earliest : page.start;
    const found = findHeading(title, text.slice(from, page.end));
    const start = from + (found ?? 0);
    sections.push({ title, level, start });
    earliest = start;
  }
  return sections.sort((a, b) => a.start - b.start);
}

/** Offset of the start of the line that holds the title; a line that ends with it is better than one that goes on. */
function findHeading(title: string, text: string): number | undefined {
  const wanted = squash(title).letters;
  const { letters, offsets } = squash(text);
  if (wanted === "") return undefined;
  let fallback: number | undefined;
  for (let at = letters.indexOf(wanted); at !== -1; at = letters.indexOf(wanted, at + 1)) {
    const start = offsets[at] ?? 0;
    const lineStart = text.lastIndexOf("\n", start - 1) + 1;
    if (start > 0 && !NUMBERING.test(text.slice(lineStart, start))) continue;
    const end = (offsets[at + wanted.length - 1] ?? 0) + 1;
    if (/^[^\S\n]*(?:\n|$)/.test(text.slice(end, end + 8))) return lineStart;
    fallback ??= lineStart;
  }
  return fallback;
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

/** Lower-case text without white space, quotes and dashes folded, and where each of its code units was. */
function squash(text: string): { readonly letters: string; readonly offsets: readonly number[] } {
  const offsets: number[] = [];
  let letters = "";
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i);
    if (/\s/.test(unit)) continue;
    const lower = FOLDED[unit] ?? unit.toLowerCase();
    // A few capitals have longer small forms, which would shift the offsets.
    letters += lower.length === 1 ? lower : unit;
    offsets.push(i);
  }
  return { letters, offsets };
}
