import { cleanLine } from "./clean.ts";
import type { RawPage } from "./page-text.ts";
import type { RawLine } from "./raw-line.ts";

/** A line at a page's edge; `index` counts the pages from 0. */
export type PlacedLine = { readonly line: RawLine; readonly page: RawPage; readonly index: number };

/** A line and its words, in which # stands for the page's number. */
export type RepeatedLine = PlacedLine & { readonly words: string };

/** Where else words may stand: on the pages, or in the titles of the document and its parts. */
export type Elsewhere = { readonly pages: readonly RawPage[]; readonly titles: readonly string[] };

/** A number in its place counts the pages where it does so on this share of the lines. */
const LEAST_COUNTING = 0.6;

/**
 * Of lines that look alike, those that say nothing new: the words of an earlier one, nothing but the page's number, or
 * what stands in the text too, such as its heading.
 */
export function repeatedLines(
  kinds: readonly (readonly PlacedLine[])[],
  { pages, titles }: Elsewhere,
): RepeatedLine[] {
  const repeated: RepeatedLine[] = [];
  const firsts: RepeatedLine[] = [];
  for (const placed of kinds) {
    const shifts = pageNumberShifts(placed);
    const seen = new Set<string>();
    for (const one of placed) {
      const words = maskPageNumbers(one, shifts);
      const isNew = /\p{L}/u.test(words) && !seen.has(words);
      (isNew ? firsts : repeated).push({ ...one, words });
      seen.add(words);
    }
  }
  const edges = new Set(kinds.flatMap((placed) => placed.map(({ line }) => line)));
  const said = firsts.length === 0 ? new Set<string>() : essences({ pages, titles }, edges);
  return [...repeated, ...firsts.filter(({ words }) => isSaid(words, said))];
}

function essences({ pages, titles }: Elsewhere, edges: ReadonlySet<RawLine>): ReadonlySet<string> {
  const lines = pages.flatMap((page) => page.lines.filter((line) => !edges.has(line)));
  // Running lines leave subtitles out.
  const parts = titles.flatMap((title) => [title, ...title.split(/[:–—|]/u)]);
  return new Set([...parts, ...lines.map(({ text }) => text)].map(essenceOf));
}

/** Whether a line's words stand in the text as a line of their own, or as two: those of a chapter and its section. */
function isSaid(line: string, said: ReadonlySet<string>): boolean {
  const words = essenceOf(line).split(" ");
  const isCut = /…\W*$/u.test(line);
  const isLine = (text: string): boolean =>
    said.has(text) || (isCut && [...said].some((one) => one.startsWith(text)));
  if (isLine(words.join(" "))) return true;
  return words.some(
    (_, at) => at > 0 && said.has(words.slice(0, at).join(" ")) && isLine(words.slice(at).join(" ")),
  );
}

/** By the number's turn in the line: how much higher than the page's index it is, where that is the same for most. */
function pageNumberShifts(placed: readonly PlacedLine[]): ReadonlyMap<number, number> {
  const counts = new Map<string, number>();
  for (const { line, index } of placed) {
    for (const [turn, [digits]] of [...line.text.matchAll(/\d+/g)].entries()) {
      const key = `${turn} ${Number(digits) - index}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const counting = [...counts].filter(([, count]) => count > 1 && count >= LEAST_COUNTING * placed.length);
  return new Map(counting.map(([key]) => key.split(" ").map(Number) as [number, number]));
}

function maskPageNumbers({ line, page, index }: PlacedLine, shifts: ReadonlyMap<number, number>): string {
  let turn = -1;
  const masked = cleanLine(line.text).replace(/\d+/g, (digits) => {
    turn += 1;
    return Number(digits) - index === shifts.get(turn) ? "#" : digits;
  });
  const words = masked.trim().split(/\s+/);
  return words.map((word) => (word === page.label ? "#" : word)).join(" ");
}

/** A line without numbering, leaders, page number and case, by which a heading and its running line are the same. */
function essenceOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/(?:^|\s)(?:chapter|section|part|appendix)(?=\s)/gu, " ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/(?<!\p{L})\p{N}+(?!\p{L})/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}
