import { marginLines, usualLeading } from "./margin-lines.ts";
import type { RawLine, RawPage } from "./page-text.ts";

const LEAST_PAGES = 3;
const LEAST_SHARE = 0.03;
/** Lines of one kind stand at the same height; this is the width of a height class, as a share of the page. */
const HEIGHT_CLASS = 0.02;
/** How many patterns the warning quotes. */
const QUOTED = 5;

/** Which lines are running headers and footers, and one sentence that says so. */
export type RunningLines = {
  readonly lines: ReadonlySet<RawLine>;
  readonly warning: string | undefined;
};

/** The lines of one pattern and height class, each with its page. */
type Kind = { readonly pattern: string; readonly pages: Set<RawPage>; readonly lines: RawLine[] };

/**
 * Finds lines near a page's edge, apart from its body, that return with other digits at the same height on at least
 * 3 % of the pages and at least three. By repetition alone, lone braces and table heads passed for headers in 3 of 7
 * manuals.
 */
export function findRunningLines(pages: readonly RawPage[]): RunningLines {
  const kinds = new Map<string, Kind>();
  const leading = usualLeading(pages);
  for (const page of pages) {
    for (const line of marginLines(page, leading)) {
      const pattern = patternOf(line, page);
      const key = `${Math.round((line.height ?? 0) / HEIGHT_CLASS)} ${pattern}`;
      const kind = kinds.get(key) ?? { pattern, pages: new Set(), lines: [] };
      kinds.set(key, kind);
      kind.pages.add(page);
      kind.lines.push(line);
    }
  }
  const least = Math.max(LEAST_PAGES, LEAST_SHARE * pages.length);
  const running = [...kinds.values()].filter((kind) => kind.pages.size >= least);
  return {
    lines: new Set(running.flatMap(({ lines }) => lines)),
    warning: running.length === 0 ? undefined : describe(running),
  };
}

/** The line with # for numbers; roman numerals count as such where the file's own label says so. */
function patternOf({ text }: RawLine, { label }: RawPage): string {
  const words = text.trim().split(/\s+/);
  return words.map((word) => (word === label ? "#" : word.replace(/\d+/g, "#"))).join(" ");
}

function describe(running: readonly Kind[]): string {
  const pages = new Set(running.flatMap((kind) => [...kind.pages]));
  const linesByPattern = new Map<string, number>();
  for (const { pattern, lines } of running) {
    linesByPattern.set(pattern, (linesByPattern.get(pattern) ?? 0) + lines.length);
  }
  const patterns = [...linesByPattern].sort(([, a], [, b]) => b - a).map(([pattern]) => `"${pattern}"`);
  const count = patterns.length;
  const quoted = patterns.slice(0, QUOTED).join(", ") + (count > QUOTED ? ` and ${count - QUOTED} more` : "");
  return `removed ${count} running header or footer ${count === 1 ? "line" : "lines"} from ${pages.size} pages: ${quoted}`;
}
