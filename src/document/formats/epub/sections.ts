import type { Section } from "../../document.ts";

/**
 * The table of contents, and below each of its entries the headings of the text that it does not list. Without a table
 * of contents, the headings alone.
 */
export function mergeSections(
  text: string,
  contents: readonly Section[],
  headings: readonly Section[],
): Section[] {
  const placed = contents
    .map((entry) => ({ ...entry, start: entry.start + spaceAt(text, entry.start) }))
    .sort((a, b) => a.start - b.start);
  const starts = new Set(placed.map(({ start }) => start));
  const merged: Section[] = [];
  let next = 0;
  let depth = 0;
  for (const heading of headings) {
    for (
      let entry = placed[next];
      entry !== undefined && entry.start <= heading.start;
      entry = placed[next]
    ) {
      merged.push(entry);
      depth = entry.level;
      next += 1;
    }
    if (!starts.has(heading.start)) merged.push({ ...heading, level: heading.level + depth });
  }
  return [...merged, ...placed.slice(next)];
}

function spaceAt(text: string, at: number): number {
  return /^\s*/.exec(text.slice(at, at + 100))?.[0].length ?? 0;
}
