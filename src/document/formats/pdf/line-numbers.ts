import type { RawPage } from "./page-text.ts";
import type { RawLine } from "./raw-line.ts";

/** Numbers of lines stand apart from them. Font sizes. */
const LEAST_GAP = 0.7;
/** So many numbers on each of so many pages, or on a single one: fewer may be a list's. */
const LEAST_NUMBERS = 8;
const LEAST_PAGES = 2;
const LEAST_ON_ONE = 15;
/** Share of a page's lines of text that have one, and how long these are: prose, not a table's rows. Characters. */
const LEAST_SHARE = 0.8;
const LEAST_LENGTH = 30;

/** The pages without the line numbers of their margins, and one sentence that says so. */
export function dropLineNumbers(pages: readonly RawPage[]): { pages: RawPage[]; warnings: string[] } {
  const numbered = new Map(pages.flatMap((page) => entryOf(page)));
  const [only = []] = numbered.values();
  if (numbered.size < LEAST_PAGES && !(numbered.size === pages.length && only.length >= LEAST_ON_ONE))
    return { pages: [...pages], warnings: [] };
  const dropped = pages.map((page) => {
    const numbers = new Set(numbered.get(page) ?? []);
    if (numbers.size === 0) return page;
    return {
      ...page,
      lines: page.lines.flatMap((line) => (numbers.has(line) ? withoutNumber(line) : [line])),
    };
  });
  const on = numbered.size === 1 ? "1 page" : `${numbered.size} pages`;
  return { pages: dropped, warnings: [`left out the line numbers in the margin of ${on}`] };
}

function entryOf(page: RawPage): [RawPage, RawLine[]][] {
  const numbers = lineNumbers(page.lines);
  return numbers.length === 0 ? [] : [[page, numbers]];
}

/** The lines that begin with their number; none when a page's numbers do not count its lines. */
function lineNumbers(lines: readonly RawLine[]): RawLine[] {
  const apart = lines.filter(({ number }) => number !== undefined && number.gap >= LEAST_GAP);
  const down = apart.toSorted((a, b) => (b.place?.base ?? 0) - (a.place?.base ?? 0));
  const counted = longestCount(down);
  const texts = lines.filter(
    ({ number, text }) => number?.gap !== Number.POSITIVE_INFINITY && /\S/.test(text),
  );
  const prose = texts.filter(({ text }) => text.length >= LEAST_LENGTH);
  const isDense = counted.length >= LEAST_NUMBERS && counted.length >= LEAST_SHARE * texts.length;
  return isDense && prose.length >= LEAST_SHARE * texts.length ? counted : [];
}

/** The longest run of lines whose numbers go up by one. */
function longestCount(lines: readonly RawLine[]): RawLine[] {
  let longest: RawLine[] = [];
  let run: RawLine[] = [];
  for (const line of lines) {
    const value = Number(line.number?.digits);
    if (value !== Number(run.at(-1)?.number?.digits) + 1) run = [];
    run.push(line);
    if (run.length > longest.length) longest = run;
  }
  return longest;
}

function withoutNumber({ number, ...line }: RawLine): RawLine[] {
  const text = line.text.trimStart().slice(number?.digits.length).trimStart();
  return text === "" ? [] : [{ ...line, text }];
}
