import { cleanLine } from "./clean.ts";
import { marginLines, usualLeading } from "./margin-lines.ts";
import type { RawPage } from "./page-text.ts";
import type { RawLine } from "./raw-line.ts";
import { type PlacedLine, type RepeatedLine, repeatedLines } from "./repeated-lines.ts";

const LEAST_PAGES = 3;
const LEAST_SHARE = 0.03;
/** Lines of one kind stand at the same height; this is the width of a height class, as a share of the page. */
const HEIGHT_CLASS = 0.02;
/** Lines that only repeat stand within this part of the page's height; further in they are headings. */
const MARGIN = 0.08;
/**
 * LaTeX's books and R's manuals have their headers at 0.10 to 0.12. So far in, only lines with the page's own number
 * count, on so many pages: "Step 1", "Step 2" and "Step 3" may head three slides.
 */
const NUMBERED = { margin: 0.13, leastPages: 5, leastShare: 0.2 };
/** How many patterns the warning quotes. */
const QUOTED = 5;

/** Which lines are running headers and footers, and one sentence that says so. */
export type RunningLines = {
  readonly lines: ReadonlySet<RawLine>;
  readonly warning: string | undefined;
};

/** The lines of one pattern and height class. */
type Kind = { readonly pages: Set<RawPage>; readonly placed: PlacedLine[] };

/** What lines of one kind have in common; undefined for a line of no kind. */
type PatternFor = (placed: PlacedLine) => string | undefined;

/**
 * Finds lines near a page's edge, apart from its body, that return with other digits at the same height on at least
 * 3 % of the pages and at least three; or that do not, but always hold the page's own number ("4.4. Changelogs 21").
 * By repetition alone, lone braces and table heads passed for headers in 3 of 7 manuals. Of these, a line is running
 * where its words stand elsewhere too, numbers of pages apart; the first copy is not, for it may say what nothing else
 * says: a document's number, a date of an invoice. `titles` are the document's and its outline's.
 */
export function findRunningLines(pages: readonly RawPage[], titles: readonly string[] = []): RunningLines {
  const leading = usualLeading(pages);
  const linesWithin = (margin: number): PlacedLine[] =>
    pages.flatMap((page, index) =>
      marginLines(page, { margin, leading }).map((line) => ({ line, page, index })),
    );
  const least = Math.max(LEAST_PAGES, LEAST_SHARE * pages.length);
  const leastFarIn = Math.max(NUMBERED.leastPages, NUMBERED.leastShare * pages.length);
  const [near, farIn] = [linesWithin(MARGIN), linesWithin(NUMBERED.margin)];
  const running: Kind[] = [];
  const add = (lines: readonly PlacedLine[], patternFor: PatternFor, leastPages: number): void => {
    const known = new Set(running.flatMap((kind) => kind.placed.map(({ line }) => line)));
    const others = lines.filter(({ line }) => !known.has(line));
    running.push(...frequentKinds(others, patternFor, leastPages));
  };
  add(near, patternOf, least);
  add(near, numberedPattern, least);
  add(farIn, numberedPattern, leastFarIn);
  const kinds = running.map(({ placed }) => placed);
  const repeated = repeatedLines(kinds, { pages, titles });
  return {
    lines: new Set(repeated.map(({ line }) => line)),
    warning: repeated.length === 0 ? undefined : describe(repeated),
  };
}

function frequentKinds(
  candidates: readonly PlacedLine[],
  patternFor: PatternFor,
  leastPages: number,
): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const candidate of candidates) {
    const pattern = patternFor(candidate);
    if (pattern === undefined) continue;
    const key = `${Math.round((candidate.line.height ?? 0) / HEIGHT_CLASS)} ${pattern}`;
    const kind = kinds.get(key) ?? { pages: new Set(), placed: [] };
    kinds.set(key, kind);
    kind.pages.add(candidate.page);
    kind.placed.push(candidate);
  }
  return [...kinds.values()].filter((kind) => kind.pages.size >= leastPages);
}

/** The line with # for numbers; roman numerals count as such where the file's own label says so. */
function patternOf({ line, page }: PlacedLine): string {
  return wordsOf(line)
    .map((word) => (word === page.label ? "#" : word.replace(/\d+/g, "#")))
    .join(" ");
}

/** For a line that begins or ends with the number printed on its page. */
function numberedPattern({ line, page }: PlacedLine): string | undefined {
  const words = wordsOf(line);
  if (page.label === undefined) return undefined;
  if (words.at(-1) === page.label) return "… #";
  return words[0] === page.label ? "# …" : undefined;
}

function wordsOf({ text }: RawLine): string[] {
  return cleanLine(text).trim().split(/\s+/);
}

function describe(repeated: readonly RepeatedLine[]): string {
  const pages = new Set(repeated.map(({ page }) => page));
  const linesByWords = new Map<string, number>();
  for (const { words } of repeated) linesByWords.set(words, (linesByWords.get(words) ?? 0) + 1);
  const patterns = [...linesByWords]
    .sort(([, a], [, b]) => b - a)
    .map(([words]) => `"${words === "#" ? "(page number)" : words}"`);
  const count = patterns.length;
  const quoted = patterns.slice(0, QUOTED).join(", ") + (count > QUOTED ? ` and ${count - QUOTED} more` : "");
  return `removed ${count} running header or footer ${count === 1 ? "line" : "lines"} from ${pages.size} pages: ${quoted}`;
}
