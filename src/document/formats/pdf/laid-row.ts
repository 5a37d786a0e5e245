import type { Cell } from "./aligned-rows.ts";
import { joinBroken } from "./columns.ts";
import { isDrawn } from "./glyph-lines.ts";
import type { Glyph } from "./glyphs.ts";

/** A text without the spaces at its ends. */
export function withoutEnds(text: readonly Glyph[]): Glyph[] {
  return text.slice(text.findIndex(isDrawn), text.findLastIndex(isDrawn) + 1);
}

/** A sign of our own behind a letter: no object draws it. */
export function markAt(glyph: Glyph, text: string): Glyph {
  return { ...glyph, text, left: glyph.right, object: 0 };
}

/** The cells of a row on one line, lines of a cell joined. */
export function alignedRow(cells: readonly Cell[]): Glyph[] {
  const [any] = cells.flatMap((cell) => cell.flatMap((part) => part.glyphs));
  const glyphs: Glyph[] = [];
  for (const [column, cell] of cells.entries()) {
    const beside = glyphs.at(-1) ?? any;
    if (column > 0 && beside !== undefined) glyphs.push(barBehind(beside));
    for (const [i, line] of joinBroken(cell.map((part) => part.glyphs)).entries()) {
      const last = glyphs.at(-1);
      if (i > 0 && last !== undefined) glyphs.push(markAt(last, " "));
      glyphs.push(...withoutEnds(line));
    }
  }
  return glyphs;
}

/** What stands between two cells. */
export function barBehind(glyph: Glyph): Glyph {
  return markAt(glyph, glyph.text.endsWith("| ") ? "| " : " | ");
}
