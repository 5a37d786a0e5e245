import { fraction, lowered, OPEN_FRACTION, raised } from "../superscript.ts";
import { type GlyphLine, isDrawn, type Level, levelOf, usualSize } from "./glyph-lines.ts";
import type { Glyph } from "./glyphs.ts";

/** Characters that stand next to each other at one height. */
type Run = { readonly level: Level; text: string };

/** A line's text; superscripts are told apart from what they stand behind (see {@link raised}). */
export function lineText(line: GlyphLine): string {
  const runs = runsOf(line);
  let text = "";
  for (const [i, { level, text: part }] of runs.entries()) {
    const before = text.slice(-1);
    const open = level === "lowered" && /^\d+$/.test(part) ? OPEN_FRACTION.exec(text)?.[0] : undefined;
    if (open !== undefined) {
      text = text.slice(0, -open.length);
      text += fraction(open.slice(0, -1), part, text.slice(-1));
    } else if (level === "lowered") text += lowered(part, before);
    else if (level === "raised" && !isInsideWord(before, part, runs[i + 1])) text += raised(part, before);
    else text += part;
  }
  return text;
}

/** A letter set up within a word is an ornament, as in LaTeX. */
function isInsideWord(before: string, part: string, next: Run | undefined): boolean {
  return /\p{L}$/u.test(before) && /^\p{L}+$/u.test(part) && /^\p{L}/u.test(next?.text ?? "");
}

function runsOf(line: GlyphLine): Run[] {
  const size = usualSize(line) ?? 0;
  const isOwn = (glyph: Glyph): boolean => isDrawn(glyph) && Math.abs(glyph.size - size) <= 0.5;
  let own = line.find(isOwn);
  const runs: Run[] = [];
  for (const glyph of line) {
    if (isOwn(glyph)) own = glyph;
    const last = runs.at(-1);
    const level = own === undefined || !isDrawn(glyph) ? "on" : levelOf(glyph, own);
    if (last?.level === level) last.text += glyph.text;
    else runs.push({ level, text: glyph.text });
  }
  return runs;
}
