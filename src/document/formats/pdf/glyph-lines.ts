import type { Glyph } from "./glyphs.ts";

/** The characters of a line, spaces included, in reading order. */
export type GlyphLine = readonly Glyph[];

/** Smaller and raised so far (in sizes of the line's letters): a superscript. Lower by as much: a subscript. */
const SMALL = 0.85;
const LEAST_RAISED = 0.12;
const MOST_RAISED = 0.9;
const LEAST_LOWERED = 0.05;
/** Letters whose baselines differ by less stand on one line. Font sizes. */
const SAME_BASE = 0.1;
/** A narrower gap is none between words. Font sizes. */
const LEAST_SPACE = 0.15;
/** A wider gap is one between columns or cells. Font sizes. */
const WORD_GAP = 1;

/** Splits characters at PDFium's line ends, but not where it takes a superscript for the end of its line. */
export function glyphLines(glyphs: readonly Glyph[]): GlyphLine[] {
  const lines: Glyph[][] = [];
  let line: Glyph[] = [];
  const end = (): void => {
    const before = lines.at(-1);
    if (before === undefined || !goesOn(before, line)) lines.push(line);
    else before.push(...spaceBetween(before, line), ...line);
    line = [];
  };
  for (const glyph of glyphs) {
    if (glyph.text === "\n") end();
    else if (glyph.text !== "\r") line.push(glyph);
  }
  end();
  return lines;
}

function goesOn(before: GlyphLine, line: GlyphLine): boolean {
  const last = before.findLast(isDrawn);
  const next = line.find(isDrawn);
  if (last === undefined || next === undefined) return false;
  const size = Math.max(last.size, next.size);
  const gap = next.left - last.right;
  if (gap < -SAME_BASE * size || gap > WORD_GAP * size) return false;
  const first = before.find(isDrawn);
  const isSameBase = Math.abs((first?.base ?? last.base) - next.base) < SAME_BASE * size;
  const hasScript = levelOf(last, next) !== "on" || levelOf(next, last) !== "on";
  return hasScript && (isSameBase || first === last || levelOf(next, last) !== "on");
}

/** PDFium took the gap for a line's end; it is a space, unless it is too small or one is there. */
function spaceBetween(before: GlyphLine, line: GlyphLine): Glyph[] {
  const last = before.at(-1);
  const next = line[0];
  if (last === undefined || next === undefined || !isDrawn(last) || !isDrawn(next)) return [];
  const isGap = next.left - last.right > LEAST_SPACE * Math.max(last.size, next.size);
  return isGap ? [{ ...last, text: " ", left: last.right, object: 0 }] : [];
}

/** Whether something is there to see; spaces and line ends that PDFium adds are not. */
export function isDrawn({ object, text }: Glyph): boolean {
  if (object === 0) return false;
  // ASCII without trim, for this is asked a dozen times a character.
  return (text > " " && text <= "~") || text.trim() !== "";
}

export type Level = "on" | "raised" | "lowered";

/** Where a character stands beside one of the line's own. */
export function levelOf(glyph: Glyph, own: Glyph): Level {
  if (glyph.size > SMALL * own.size) return "on";
  const height = (glyph.base - own.base) / own.size;
  if (height >= LEAST_RAISED && height <= MOST_RAISED) return "raised";
  return height <= -LEAST_LOWERED && height >= -MOST_RAISED ? "lowered" : "on";
}

/** Asked several times for each line. */
const sizes = new WeakMap<GlyphLine, { readonly size: number | undefined }>();

/** The size that most of a line's letters have, of half points; undefined when nothing is drawn. */
export function usualSize(line: GlyphLine): number | undefined {
  const known = sizes.get(line);
  if (known !== undefined) return known.size;
  const size = countSizes(line);
  sizes.set(line, { size });
  return size;
}

function countSizes(line: GlyphLine): number | undefined {
  const counts = new Map<number, number>();
  let [last, run] = [0, 0];
  for (const glyph of line) {
    if (!isDrawn(glyph)) continue;
    const size = Math.round(2 * glyph.size) / 2;
    if (size !== last) {
      if (run > 0) counts.set(last, (counts.get(last) ?? 0) + run);
      [last, run] = [size, 0];
    }
    run += 1;
  }
  if (counts.size === 0) return run === 0 ? undefined : last;
  counts.set(last, (counts.get(last) ?? 0) + run);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
