import { lettersOf } from "./glyph-names.ts";
import { readObjects } from "./objects.ts";

/** What the codes of one font, or of all without a name of their own, stand for; undefined where these do not agree. */
type Letters = ReadonlyMap<number, string | undefined>;

/** Codes of TeX's fonts (OT1 and T1) beside those of ASCII: ligatures, quotes and dashes. */
const TEX: ReadonlyMap<number, string> = new Map([
  ...[11, 27].flatMap((first) =>
    ["ff", "fi", "fl", "ffi", "ffl"].map((text, i) => [first + i, text] as const),
  ),
  ...[..."“”„«»–—"].map((sign, i) => [16 + i, sign] as const),
]);
/** PDFium leaves characters of these codes out of a page's text, so that words would lack letters. */
const LEFT_OUT = [2, 3];
/** dvips counts a bitmap font's characters in base 36 from "A0" on. */
const DVIPS_FIRST = 360;

/**
 * The letters of Type 3 fonts by font name ("" for all that have none) and code, from the names of their glyphs: PDFium
 * does not look at these, and takes the code for the letter. Fonts whose names say nothing are not among them.
 */
export function readType3Letters(bytes: Uint8Array): ReadonlyMap<string, Letters> {
  const fonts = new Map<string, Map<number, string | undefined>>();
  const objects = readObjects(bytes);
  for (const body of objects.values()) {
    if (!/\/Subtype\s*\/Type3\b/.test(body)) continue;
    const name = /\/BaseFont\s*\/([^\s/<>[\]()]+)/.exec(body)?.[1] ?? "";
    const letters = fonts.get(name) ?? new Map<number, string | undefined>();
    fonts.set(name, letters);
    for (const [code, letter] of namedIn(encodingOf(body, objects)))
      letters.set(code, letters.has(code) && letters.get(code) !== letter ? undefined : letter);
  }
  for (const [name, letters] of fonts)
    if (LEFT_OUT.some((code) => letters.get(code) !== undefined)) fonts.delete(name);
  return fonts;
}

function encodingOf(font: string, objects: ReadonlyMap<number, string>): string {
  const reference = /\/Encoding\s+(\d+)\s+\d+\s+R\b/.exec(font)?.[1];
  return reference === undefined ? font : (objects.get(Number(reference)) ?? "");
}

/** Code and letter of each glyph that an encoding names (ISO 32000-1, table 114). */
function* namedIn(encoding: string): Generator<[code: number, letter: string | undefined]> {
  const [, list = ""] = /\/Differences\s*\[([^\]]*)\]/.exec(encoding) ?? [];
  let code = 0;
  for (const [word] of list.matchAll(/\/[^\s/]*|\d+/g)) {
    if (!word.startsWith("/")) {
      code = Number(word);
      continue;
    }
    const name = word.slice(1);
    if (name !== ".notdef") yield [code, isOwnCode(name, code) ? texLetter(code) : lettersOf(name)];
    code += 1;
  }
}

/** Whether a glyph is named after its code, as those of TeX's bitmap fonts are: "a97", or "CP" by dvips. */
function isOwnCode(name: string, code: number): boolean {
  if (/^[A-Z][0-9A-Z]$/.test(name)) return Number.parseInt(name, 36) === DVIPS_FIRST + code;
  return name === `a${code}`;
}

function texLetter(code: number): string | undefined {
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code) : TEX.get(code);
}
