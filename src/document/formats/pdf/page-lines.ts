import type { Annotations, Value } from "./annotations.ts";
import { readColumns } from "./columns.ts";
import { moveFootnotes } from "./footnotes.ts";
import { placeValues } from "./form-values.ts";
import { glyphLines, isDrawn } from "./glyph-lines.ts";
import type { Glyph, PageBox, PageGlyphs } from "./glyphs.ts";
import { type RawLine, rawLine } from "./raw-line.ts";
import type { PageShapes } from "./shapes.ts";
import { findStruck } from "./struck.ts";
import { layTables } from "./table-rows.ts";
import { placeTickBoxes } from "./tick-boxes.ts";
import { isUnmapped, type UnmappedPart, unmappedIn, unmappedParts } from "./unmapped.ts";
import { findUnseen } from "./unseen.ts";

/** What stands on a page, but is not part of what it says to its reader. */
export type Aside = {
  /** Passages that are drawn, but not seen. */
  readonly unseen: readonly string[];
  readonly struck: readonly string[];
  readonly comments: Annotations["comments"];
  /** Characters that were left out since their fonts do not say which letters they are. */
  readonly unmapped: number;
  /** Where these stand on an unturned page that has other text. */
  readonly unmappedParts: readonly UnmappedPart[];
};

/** A page's lines in reading order, and what is kept apart from them; no line where most of it cannot be read. */
export function layLines(
  read: PageGlyphs,
  shapes: PageShapes,
  annotations: Annotations,
): { readonly lines: RawLine[]; readonly aside: Aside } {
  const { glyphs, box } = read;
  const { comments, tickBoxes, values, strikes } = annotations;
  const all = { unseen: [], struck: [], comments, unmapped: unmappedIn(glyphs), unmappedParts: [] };
  if (all.unmapped > 0 && isUnmapped(glyphs)) return { lines: [], aside: all };
  const unseen = findUnseen(read, shapes);
  const struck = findStruck(read, shapes, strikes);
  const gone = new Set([...unseen, ...struck]);
  const kept = glyphLines(without(glyphs, gone)).filter((line) => gone.size === 0 || line.some(isDrawn));
  const hasUnmapped = all.unmapped > 0;
  const known = hasUnmapped ? kept.filter((line) => !isUnmapped(line)) : kept;
  const marked = placeTickBoxes(readColumns(layTables(known, shapes.shapes)), tickBoxes);
  const lines = marked.map((line) => rawLine(line, box));
  const filled = valueLines(values, box);
  return {
    lines: moveFootnotes(filled.length === 0 ? lines : placeValues(lines, filled)),
    aside: {
      unseen: passagesOf(glyphs, unseen),
      struck: passagesOf(glyphs, struck),
      comments,
      unmapped: hasUnmapped ? unmappedIn(kept.filter(isUnmapped).flat()) : 0,
      unmappedParts: !hasUnmapped || box === undefined ? [] : unmappedParts(kept, box),
    },
  };
}

/** Values of fields as lines at their height. */
export function valueLines(values: readonly Value[], box: PageBox | undefined): RawLine[] {
  return values.map((value) => ({ text: value.text, height: heightOf(value.box, box) }));
}

/** The other characters, with one space where some between two spaces are gone. */
function without(glyphs: readonly Glyph[], gone: ReadonlySet<Glyph>): Glyph[] {
  const kept: Glyph[] = [];
  let isGap = false;
  for (const glyph of glyphs) {
    const isSecond = isGap && glyph.text === " " && kept.at(-1)?.text === " ";
    if (gone.has(glyph)) isGap = true;
    else if (!isSecond) kept.push(glyph);
    if (isDrawn(glyph) && !gone.has(glyph)) isGap = false;
  }
  return kept;
}

/** Of a box's middle, as a share of the page's height. */
function heightOf({ top, bottom }: PageBox, page: PageBox | undefined): number | undefined {
  return page === undefined ? undefined : ((top + bottom) / 2 - page.bottom) / (page.top - page.bottom);
}

/** The texts that a set of a page's characters makes, one for each stretch between others. */
function passagesOf(glyphs: readonly Glyph[], chosen: ReadonlySet<Glyph>): string[] {
  if (chosen.size === 0) return [];
  const passages: string[] = [];
  let text = "";
  const end = (): void => {
    const passage = text.replace(/\s+/g, " ").trim();
    if (passage !== "") passages.push(passage);
    text = "";
  };
  for (const glyph of glyphs) {
    if (chosen.has(glyph) || !isDrawn(glyph)) text += glyph.text;
    else end();
  }
  end();
  return passages;
}
