import { decode } from "../../decoding.ts";
import { lettersOf } from "./glyph-names.ts";

/** The letters that a code of a font stands for; undefined where it does not say them. */
export type Letters = (code: number) => string | undefined;

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
 * The letters of fonts by their names ("" for all Type 3 fonts that have none), where PDFium does not know them and takes the
 * code for the letter: by the names of a font's glyphs ("f_i", and all of a Type 3 font), and where a font says that its
 * codes are Unicode. What fonts of one name do not agree on is not known.
 */
export function readFontLetters(objects: ReadonlyMap<number, string>): ReadonlyMap<string, Letters> {
  const letters = new Map<string, Letters>();
  for (const body of objects.values())
    if (/\/ToUnicode\s*\/Identity-[HV]\b/.test(body))
      for (const name of namesOf(body)) letters.set(name, (code) => String.fromCharCode(code));
  for (const [name, known] of readNamed(objects, /\/Subtype\s*\/(?:Type1|MMType1|TrueType)\b/))
    if (known.size > 0) letters.set(name, (code) => known.get(code));
  for (const [name, known] of readNamed(objects, /\/Subtype\s*\/Type3\b/))
    if (LEFT_OUT.every((code) => known.get(code) === undefined)) letters.set(name, (code) => known.get(code));
  return letters;
}

/** What the codes of a kind of fonts stand for, by font name. */
function readNamed(
  objects: ReadonlyMap<number, string>,
  kind: RegExp,
): Map<string, Map<number, string | undefined>> {
  const fonts = new Map<string, Map<number, string | undefined>>();
  for (const body of objects.values()) {
    if (!kind.test(body)) continue;
    for (const name of namesOf(body)) {
      const known = fonts.get(name) ?? new Map<number, string | undefined>();
      fonts.set(name, known);
      for (const [code, letter] of lettersIn(encodingOf(body, objects)))
        known.set(code, known.has(code) && known.get(code) !== letter ? undefined : letter);
    }
  }
  return fonts;
}

/**
 * The names by which PDFium may tell of a font: with the mark of a subset and without, and a composite font by that of its
 * glyphs; "" where it has none.
 */
export function namesOf(font: string): string[] {
  const name = /\/BaseFont\s*\/([^\s/<>[\]()]+)/.exec(font)?.[1] ?? "";
  const plain = name.replace(/^[A-Z]{6}\+/, "");
  if (isComposite(font)) return [name.replace(/-Identity-[HV]$/, "")];
  return plain === name ? [name] : [name, plain];
}

/** Whether a font's codes are those of another one's glyphs. */
export function isComposite(font: string): boolean {
  return /\/Subtype\s*\/Type0\b/.test(font);
}

/** The dictionary that says what a font's codes are, the font's own where that is not apart. */
export function encodingOf(font: string, objects: ReadonlyMap<number, string>): string {
  const reference = /\/Encoding\s+(\d+)\s+\d+\s+R\b/.exec(font)?.[1];
  return reference === undefined ? font : (objects.get(Number(reference)) ?? "");
}

/** Code and letter of each glyph that an encoding has (ISO 32000-1, 9.6.6). */
export function* lettersIn(encoding: string): Generator<[code: number, letter: string | undefined]> {
  if (/\/WinAnsiEncoding\b/.test(encoding))
    for (let code = 0x20; code < 0x100; code++) yield [code, winAnsi(code)];
  const [, list = ""] = /\/Differences\s*\[([^\]]*)\]/.exec(encoding) ?? [];
  let code = 0;
  for (const [word] of list.matchAll(/\/[^\s/]*|\d+/g)) {
    if (!word.startsWith("/")) {
      code = Number(word);
      continue;
    }
    const name = word.slice(1);
    if (name === String(code)) yield [code, winAnsi(code)];
    else if (name !== ".notdef") yield [code, isTexCode(name, code) ? texLetter(code) : lettersOf(name)];
    code += 1;
  }
}

function winAnsi(code: number): string | undefined {
  return code < 0x20 ? undefined : decode(Uint8Array.of(code), "windows-1252");
}

/** Whether a glyph is named after its code as those of TeX's bitmap fonts are: "a97", or "CP" by dvips. */
function isTexCode(name: string, code: number): boolean {
  if (/^[A-Z][0-9A-Z]$/.test(name)) return Number.parseInt(name, 36) === DVIPS_FIRST + code;
  return name === `a${code}`;
}

function texLetter(code: number): string | undefined {
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code) : TEX.get(code);
}
