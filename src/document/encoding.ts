import { countOf, type Decoded, decode, decodeLoosely, decodeStrictly, replacedIn } from "./decoding.ts";
import { guessUtf16 } from "./utf16.ts";
import { decodeUtf32, guessUtf32 } from "./utf32.ts";

const BOMS: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/** jschardet needs no more than this, and takes milliseconds for it. */
const SAMPLE_BYTES = 65_536;

/** What jschardet 4 may answer (its name without punctuation) → the name that TextDecoder knows. */
const DECODER_NAMES: Readonly<Record<string, string>> = {
  big5hkscs: "big5",
  cp932: "shift_jis",
  shiftjis2004: "shift_jis",
  cp949: "euc-kr",
  eucjis2004: "euc-jp",
  iso2022jp2: "iso-2022-jp",
  iso2022jp2004: "iso-2022-jp",
  iso2022jpext: "iso-2022-jp",
  cp874: "windows-874",
  tis620: "windows-874",
  maccyrillic: "x-mac-cyrillic",
  macroman: "macintosh",
};
/** Without windows-1252 in this list, jschardet would print to the console. */
const GUESSABLE = [
  ..."big5hkscs cp932 shift_jis_2004 cp949 euc-kr euc-jis-2004 gb18030 cp874 tis-620 koi8-r koi8-u cp866".split(
    " ",
  ),
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => `windows-125${n}`),
  ...[2, 5, 7, 9, 15].map((n) => `iso-8859-${n}`),
];

/** To the characters of JIS X 0208, old and new, and of JIS X 0201. */
const JAPANESE_ESCAPES = ["\x1b$@", "\x1b$B", "\x1b(J"];

/** In these every byte means something, so that UTF-8 passes for them too; the reverse is next to impossible. */
const SINGLE_BYTE =
  /^(?:windows-125\d|iso-?8859-?\d+|latin-?\d|(?:us-)?ascii|koi8-[ru]|macintosh|ibm866|cp125\d)$/i;

/**
 * Decodes text by its byte order mark, else as UTF-32 or UTF-16 where its NULs say so, else by `declared` (an HTML page's own
 * word) unless that is wrong, else by its Japanese escapes, else as strict UTF-8, else by a guess. Escapes, guesses and
 * wrong words are said in `warnings`. The byte order mark is dropped; nothing else is changed, newlines included.
 */
export async function decodeText(bytes: Uint8Array, declared?: string): Promise<Decoded> {
  const utf32 = guessUtf32(bytes);
  if (utf32 !== undefined) return decodeWide(bytes, utf32);
  const bom = BOMS.find(([mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (bom !== undefined) return decodeLoosely(bytes, bom[1]);
  const utf16 = guessUtf16(bytes);
  if (utf16 !== undefined) return decodeUnmarked(bytes, utf16);
  const utf8 = decodeStrictly(bytes, "utf-8");
  if (declared !== undefined && utf8 !== undefined && SINGLE_BYTE.test(declared) && /[^\0-\x7f]/.test(utf8))
    return {
      text: utf8,
      warnings: [`the file declares ${declared}, but its bytes are UTF-8: read as UTF-8`],
    };
  const declaredText = declared === undefined ? undefined : decodeStrictly(bytes, declared);
  if (declaredText !== undefined) return { text: declaredText, warnings: [] };
  const wrong =
    declared === undefined
      ? []
      : [`the encoding that the file declares, ${declared}, does not fit its bytes`];
  const decoded =
    decodeEscapes(bytes) ?? (utf8 === undefined ? await decodeByGuess(bytes) : { text: utf8, warnings: [] });
  return { text: decoded.text, warnings: [...wrong, ...decoded.warnings] };
}

function decodeUnmarked(bytes: Uint8Array, encoding: string): Decoded {
  const { text, warnings } = decodeLoosely(bytes, encoding);
  return { text, warnings: [unmarkedWarning(encoding), ...warnings] };
}

function unmarkedWarning(encoding: string): string {
  return `has no byte order mark; its NUL bytes say ${encoding.toUpperCase()}, read as that`;
}

function decodeWide(
  bytes: Uint8Array,
  { encoding, isMarked }: NonNullable<ReturnType<typeof guessUtf32>>,
): Decoded {
  const text = decodeUtf32(bytes, encoding);
  return {
    text,
    warnings: [...(isMarked ? [] : [unmarkedWarning(encoding)]), ...replacedIn(text, encoding)],
  };
}

/** ISO-2022-JP is all ASCII bytes, and so good UTF-8; its escapes give it away. Undefined when it is not. */
function decodeEscapes(bytes: Uint8Array): Decoded | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!JAPANESE_ESCAPES.some((sequence) => buffer.includes(sequence))) return undefined;
  const text = decodeStrictly(bytes, "iso-2022-jp");
  return text === undefined
    ? undefined
    : { text, warnings: [guessWarning("guessed encoding iso-2022-jp", text)] };
}

async function decodeByGuess(bytes: Uint8Array): Promise<Decoded> {
  const damaged = decodeLoosely(bytes, "utf-8");
  // UTF-8 with a few broken places has far more valid sequences than broken ones; other encodings have almost none.
  const valid = countOf(damaged.text, /[^\0-\x7f\ufffd]/gu);
  if (valid > 4 * countOf(damaged.text, /\ufffd/g)) return damaged;

  const { detect } = await import("jschardet");
  const sample = Buffer.from(sampleAroundFirstHighByte(bytes));
  const guess = (detect(sample, { detectEncodings: GUESSABLE }).encoding ?? "").toLowerCase();
  const name = DECODER_NAMES[guess.replace(/[^a-z0-9]/g, "")] ?? guess;
  const guessed = decodeStrictly(bytes, name);
  // Every byte means something in windows-1252, so nothing is lost that a better guess could not bring back.
  const text = guessed ?? decode(bytes, "windows-1252");
  // jschardet's confidence is left out: right answers score 0.1 as well as 0.9.
  const verb = guessed === undefined ? "no encoding fits; read as windows-1252" : `guessed encoding ${name}`;
  return { text, warnings: [guessWarning(verb, text)] };
}

function guessWarning(verb: string, text: string): string {
  const high = countOf(text, /[^\0-\x7f]/g);
  return `${verb} (${high} ${high === 1 ? "character depends" : "characters depend"} on it)`;
}

/** A long ASCII preamble tells the guesser nothing, so the sample begins shortly before the first other byte. */
function sampleAroundFirstHighByte(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  const start = Math.max(0, first - 1024);
  return bytes.subarray(start, start + SAMPLE_BYTES);
}
