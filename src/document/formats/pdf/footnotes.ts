import type { RawLine } from "./raw-line.ts";

/** Notes are set at most so large, of the page's usual letters. */
const SMALL = 0.88;
/** What begins a note: its number or sign, or its superscript. */
const MARK = /^\s*(?:[*†‡§¶]|\(?\d{1,3}[.)]?(?:\s|\p{L})|[⁰¹²³⁴-⁹]|\^?[a-z][.)]?\s)/u;

type Placed = RawLine & { readonly place: NonNullable<RawLine["place"]> };

/**
 * Puts the footnotes of a page's columns behind its text: what is smaller, begins with a mark and has no text below it,
 * though text follows in the next column.
 */
export function moveFootnotes(lines: readonly RawLine[]): RawLine[] {
  const usual = usualLetters(lines);
  const isSmall = (line: RawLine): line is Placed =>
    line.place !== undefined && line.place.size <= SMALL * usual;
  const notes = new Set<RawLine>();
  for (let from = 0; from < lines.length; from++) {
    const first = lines[from];
    if (first === undefined || !isSmall(first) || !MARK.test(first.text)) continue;
    let to = from + 1;
    while (to < lines.length && isSmall(lines[to] ?? first)) to += 1;
    const block = lines.slice(from, to).filter(isSmall);
    if (block.every((note) => isFootnote(note, lines, isSmall))) for (const note of block) notes.add(note);
    from = to;
  }
  const body = lines.filter((line) => !notes.has(line));
  return [...body, ...[...notes].map((note) => ({ ...note, isNote: true as const }))];
}

/** Nothing of the text stands below it in its column. */
function isFootnote(note: Placed, lines: readonly RawLine[], isSmall: (line: RawLine) => boolean): boolean {
  return lines.every((line) => {
    if (line.place === undefined || isSmall(line)) return true;
    const isBelow = line.place.base < note.place.base;
    return !isBelow || line.place.right < note.place.left || line.place.left > note.place.right;
  });
}

/** The size that most letters of the page have. */
function usualLetters(lines: readonly RawLine[]): number {
  const counts = new Map<number, number>();
  for (const { text, place } of lines)
    if (place !== undefined) counts.set(place.size, (counts.get(place.size) ?? 0) + text.length);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}
