/** A file's text, and one sentence for each thing that was guessed or replaced. */
export type Decoded = { readonly text: string; readonly warnings: readonly string[] };

/** What windows-1252 has at 0x80 to 0x9F, where Latin-1 has control characters. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/**
 * Decodes as TextDecoder should: the one of Node 20 takes Latin-1 for windows-1252 (nodejs/node#56542), also under the names
 * iso-8859-1 and ascii, which the Encoding standard gives it.
 */
export function decode(
  bytes: Uint8Array,
  encoding: string,
  options: { readonly fatal?: boolean } = {},
): string {
  const decoder = new TextDecoder(encoding, options);
  const text = decoder.decode(bytes);
  return decoder.encoding === "windows-1252" ? westernControls(text) : text;
}

/** No text has control characters from U+0080 to U+009F: they are what is left of windows-1252 read as Latin-1. */
export function westernControls(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control);
}

/** Undefined when the bytes are not valid in `encoding`, or when nobody knows such an encoding. */
export function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return decode(bytes, encoding, { fatal: true });
  } catch (error) {
    // TypeError: invalid bytes; RangeError: unknown encoding. Anything else (no memory) is not ours to judge.
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What is not valid becomes U+FFFD, and is counted. Throws RangeError for an encoding that nobody knows. */
export function decodeLoosely(bytes: Uint8Array, encoding: string): Decoded {
  const strict = decodeStrictly(bytes, encoding);
  if (strict !== undefined) return { text: strict, warnings: [] };
  const text = decode(bytes, encoding);
  return { text, warnings: replacedIn(text, encoding) };
}

/** One sentence about characters that stand for what was not valid; none where there are none. */
export function replacedIn(text: string, encoding: string): string[] {
  const replaced = countOf(text, /\ufffd/g);
  if (replaced === 0) return [];
  const what = replaced === 1 ? "1 invalid sequence was" : `${replaced} invalid sequences were`;
  return [`${what} replaced by U+FFFD while decoding as ${encoding}`];
}

/** How often a global pattern matches. */
export function countOf(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count += 1;
  return count;
}
