import { isText } from "./utf16.ts";

export type Utf32 = "utf-32le" | "utf-32be";
/** Without a mark, shorter files may be anything. Characters. */
const LEAST_UNMARKED = 4;
/** String.fromCodePoint takes so many at a time. */
const SLICE = 8192;
const MARK = 0xfeff;

/**
 * Which UTF-32 bytes are in, and whether a byte order mark says so; undefined for other encodings and binary files. No
 * other text has a NUL in each four bytes, at one place, and code points of text in all of them.
 */
export function guessUtf32(
  bytes: Uint8Array,
): { readonly encoding: Utf32; readonly isMarked: boolean } | undefined {
  for (const encoding of ["utf-32le", "utf-32be"] as const) {
    const sample = bytes.subarray(0, Math.min(bytes.length, 4 * SLICE) & ~3);
    const points = codePoints(sample, encoding);
    const isMarked = points[0] === MARK;
    if (!isMarked && (points.length < LEAST_UNMARKED || bytes.length % 4 !== 0)) continue;
    if (points.length > 0 && points.every(isCharacter) && isText(String.fromCodePoint(...points)))
      return { encoding, isMarked };
  }
  return undefined;
}

/** Decodes without the mark; what is no character, or cut off at the end, becomes U+FFFD. */
export function decodeUtf32(bytes: Uint8Array, encoding: Utf32): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 4 * SLICE) {
    const points = codePoints(bytes.subarray(start, start + 4 * SLICE), encoding);
    parts.push(String.fromCodePoint(...points.map((point) => (isCharacter(point) ? point : 0xfffd))));
  }
  if (bytes.length % 4 !== 0) parts.push("\ufffd");
  return parts.join("").replace(/^\ufeff/, "");
}

function codePoints(bytes: Uint8Array, encoding: Utf32): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = encoding === "utf-32le";
  return Array.from({ length: bytes.length >> 2 }, (_, i) => view.getUint32(4 * i, isLittle));
}

function isCharacter(point: number): boolean {
  return point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
}
