import type { Document } from "./document.ts";
import type { Span } from "./sentences.ts";

/** So many lines name headings that come later. */
const FEWEST_LINES = 8;
/** So many other lines may stand between two of them, once so many were there: a book's title and author stand above, and are none. */
const MOST_OTHERS = 1;
const LINES_BEFORE_OTHERS = 3;
/** What may stand before a title in a list of contents: its mark, its number. */
const MARK = /^[-*+•]\s+/u;
/** A link of Markdown: its text. */
const LINK = /^\[(.+)\]\([^()]*\)$/u;

type Source = Pick<Document, "text" | "sections">;

const known = new WeakMap<Source, readonly Span[]>();

/** Whether at least half of a span is a list of contents without pages, as EPUB, HTML and Markdown have them. */
export function isInContents(source: Source, { start, end }: Span): boolean {
  const shared = contentsRuns(source).map((run) => Math.min(end, run.end) - Math.max(start, run.start));
  return 2 * Math.max(0, ...shared) >= Math.max(1, end - start);
}

/** Runs of lines that name headings which come later in the document, in order. */
export function contentsRuns(source: Source): readonly Span[] {
  const runs = known.get(source) ?? findRuns(source);
  known.set(source, runs);
  return runs;
}

function findRuns({ text, sections }: Source): Span[] {
  if (sections.length < FEWEST_LINES) return [];
  const lastOf = new Map(sections.map(({ title, start }) => [named(title), start]));
  const runs: Span[] = [];
  let run: { start: number; end: number; lines: number } | undefined;
  let others = 0;
  const flush = (): void => {
    if (run !== undefined && run.lines >= FEWEST_LINES) runs.push({ start: run.start, end: run.end });
    run = undefined;
  };
  for (const { 0: line, index } of text.matchAll(/[^\n]*\S[^\n]*/gu)) {
    const end = index + line.length;
    if ((lastOf.get(named(line)) ?? -1) > end) {
      run = { start: run?.start ?? index, end, lines: (run?.lines ?? 0) + 1 };
      others = 0;
    } else if (++others > MOST_OTHERS || (run?.lines ?? 0) < LINES_BEFORE_OTHERS) flush();
  }
  flush();
  return runs;
}

/** A title as it is compared: without what a list puts around it. */
function named(line: string): string {
  const own = line.trim().replace(MARK, "");
  return (LINK.exec(own)?.[1] ?? own).replaceAll(/\s+/gu, " ").toLowerCase();
}
