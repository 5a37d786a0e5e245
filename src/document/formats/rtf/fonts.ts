import { decode } from "../../decoding.ts";
import { isSymbolFont, symbolOf } from "../symbol-fonts.ts";

/** Windows code page → TextDecoder's name, where that is not "windows-" and the number. */
const NAMES: Readonly<Record<number, string>> = {
  866: "ibm866",
  874: "windows-874",
  932: "shift_jis",
  936: "gb18030",
  949: "euc-kr",
  950: "big5",
  10000: "macintosh",
  10007: "x-mac-cyrillic",
  65001: "utf-8",
};

/** A font's \fcharset → code page (RTF 1.9.1, "Font Table"); others have the document's own. */
const CHARSETS: Readonly<Record<number, number>> = {
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
};

/** Code pages in which a character may take two bytes. */
const DOUBLE_BYTE = new Set([932, 936, 949, 950]);

/** Which code page the text of a font is in. */
export class FontTable {
  /** The document's own; Western where it does not say. */
  codePage = 1252;
  readonly #codePages = new Map<number, number>();
  readonly #names = new Map<number, string>();
  /** The answers of symbolFont: it is asked for every piece of text. */
  readonly #symbolFonts = new Map<number, string | undefined>();
  #defined = 0;

  /** Takes a control word of the font table in. */
  read(name: string, value: number): void {
    if (name === "f") this.#defined = value;
    const codePage = name === "fcharset" ? CHARSETS[value] : undefined;
    if (codePage !== undefined) this.#codePages.set(this.#defined, codePage);
  }

  /** Takes a piece of a font's name in, which a semicolon ends. */
  name(text: string): void {
    this.#names.set(this.#defined, (this.#names.get(this.#defined) ?? "") + text);
    this.#symbolFonts.delete(this.#defined);
  }

  /** The name of a font whose codes mean signs; undefined for one of letters. */
  symbolFont(font: number): string | undefined {
    if (!this.#symbolFonts.has(font)) {
      const name = this.#names.get(font)?.replace(/;.*/s, "").trim() ?? "";
      this.#symbolFonts.set(font, isSymbolFont(name) ? name : undefined);
    }
    return this.#symbolFonts.get(font);
  }

  /** What bytes of a font's text stand for. */
  decode(bytes: readonly number[], font: number): string {
    const symbols = this.symbolFont(font);
    if (symbols !== undefined) return bytes.map((code) => symbolOf(code, symbols)).join("");
    return decodeBytes(bytes, this.codePageOf(font));
  }

  codePageOf(font: number): number {
    return this.#codePages.get(font) ?? this.codePage;
  }

  isDoubleByte(font: number): boolean {
    return DOUBLE_BYTE.has(this.codePageOf(font));
  }
}

/** Code pages that nobody decodes any more (437, 850) differ from 1252 in letters with accents only. */
function decodeBytes(bytes: readonly number[], codePage: number): string {
  const name =
    NAMES[codePage] ?? (codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : "windows-1252");
  return decode(Uint8Array.from(bytes), name);
}
