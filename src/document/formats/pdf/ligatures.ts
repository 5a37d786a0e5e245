import { guessLigatures } from "./cut-ligatures.ts";
import { encodingOf, isComposite, lettersIn, namesOf } from "./font-letters.ts";
import { compositeWidths, simpleWidths } from "./font-widths.ts";
import type { Glyph } from "./glyphs.ts";
import { readStreams } from "./objects.ts";
import { readToUnicode } from "./to-unicode.ts";

/** A glyph is drawn at most so many times wider or narrower than its font says. */
const MOST_STRETCHED = 1.3;
/** A ligature's width is so many times nearer than that of its letter alone, which is as wide in a typewriter's font. */
const LEAST_NEARER = 1.05;

/** The letters that a glyph of a font shows, and how wide it is, in font sizes. */
export type Choice = { readonly text: string; readonly width: number };

/** The letter that a font's map gives → all glyphs that it gives it for. */
export type Choices = ReadonlyMap<string, readonly Choice[]>;

/**
 * By font name, the letters that may be ligatures. Old releases of Ghostscript write but the last letter of one into a
 * font's map of letters, "i" for a glyph that they name "f_i" or "fi", so that "definition" would lose its "f". Fonts
 * whose maps are right have none; nor have those of encrypted files, whose maps cannot be read here.
 */
export function readLigatures(
  bytes: Uint8Array,
  objects: ReadonlyMap<number, string>,
): ReadonlyMap<string, Choices> {
  const fonts = new Map<string, Map<string, Choice[]>>();
  const mapped = [...objects.values()].flatMap((font) => {
    const map = /\/ToUnicode\s+(\d+)\s+\d+\s+R\b/.exec(font)?.[1];
    const named = map === undefined ? [] : namedIn(font, objects);
    return map === undefined || (named.length === 0 && !isComposite(font)) ? [] : [{ font, map, named }];
  });
  if (mapped.length === 0) return fonts;
  const streams = readStreams(bytes, new Set(mapped.map(({ map }) => Number(map))));
  const maps = new Map([...streams].map(([number, stream]) => [number, readToUnicode(stream)]));
  for (const { font, map, named } of mapped) {
    const said = maps.get(Number(map)) ?? new Map<number, string>();
    const isWide = isComposite(font);
    const widths = isWide ? compositeWidths(font, objects) : simpleWidths(font, objects);
    const cut = isWide ? guessLigatures(said, widths) : cutOf(named, said);
    if (cut.size > 0) for (const name of namesOf(font)) addChoices(fonts, name, { said, cut, widths });
  }
  return fonts;
}

type Named = readonly [code: number, text: string];

/** The glyphs of a font whose names tell several letters. */
function namedIn(font: string, objects: ReadonlyMap<number, string>): Named[] {
  if (!/\/Type\s*\/Font\b/.test(font)) return [];
  return [...lettersIn(encodingOf(font, objects))].flatMap(([code, text = ""]): Named[] =>
    text.length > 1 ? [[code, text]] : [],
  );
}

/** The glyphs of whose letters a map gives but one, the last or the first, by code. */
function cutOf(named: readonly Named[], said: ReadonlyMap<number, string>): Map<number, string> {
  const isCut = ([code, text]: Named): boolean => {
    const letter = said.get(code) ?? "";
    return letter.length === 1 && (text.endsWith(letter) || text.startsWith(letter));
  };
  return new Map(named.filter(isCut));
}

type CutFont = {
  /** By code: the letters that its map gives, those that its ligatures show, and its widths. */
  readonly said: ReadonlyMap<number, string>;
  readonly cut: ReadonlyMap<number, string>;
  readonly widths: ReadonlyMap<number, number>;
};

function addChoices(
  fonts: Map<string, Map<string, Choice[]>>,
  name: string,
  { said, cut, widths }: CutFont,
): void {
  const choices = fonts.get(name) ?? new Map<string, Choice[]>();
  fonts.set(name, choices);
  const letters = new Set([...cut.keys()].map((code) => said.get(code)));
  for (const [code, letter] of said) {
    const width = widths.get(code) ?? 0;
    if (!letters.has(letter) || width <= 0) continue;
    const known = choices.get(letter) ?? [];
    choices.set(letter, known);
    known.push({ text: cut.get(code) ?? letter, width });
  }
}

/** The character with the letters of the glyph whose width it has; as it is where no ligature fits. */
export function chooseByWidth(glyph: Glyph, choices: readonly Choice[]): Glyph {
  const width = (glyph.along ?? glyph.right - glyph.left) / glyph.size;
  const stretched = choices.map((choice) => Math.max(choice.width / width, width / choice.width));
  const least = (isOne: boolean): number =>
    Math.min(...stretched.filter((_, i) => (choices[i]?.text === glyph.text) === isOne));
  const nearest = least(false);
  if (!(nearest <= MOST_STRETCHED) || least(true) < LEAST_NEARER * nearest) return glyph;
  return { ...glyph, text: choices[stretched.indexOf(nearest)]?.text ?? glyph.text };
}
