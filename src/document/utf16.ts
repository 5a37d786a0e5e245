/** A file is read as UTF-16 without a mark where so many of its bytes are NULs at the same place of each pair. */
const LEAST_SHARE = 0.1;
/** So few may stand at the other place: U+0100, U+0200 and the like. */
const MOST_ODD = 0.05;

export type Utf16 = "utf-16le" | "utf-16be";

/**
 * Which UTF-16 bytes without a byte order mark are in; undefined for other encodings and binary files. Latin letters,
 * spaces and line ends have a NUL for their upper byte, always on the same side.
 */
export function guessUtf16(bytes: Uint8Array): Utf16 | undefined {
  const end = bytes.length;
  if (end % 2 !== 0) return undefined;
  const nuls: [even: number, odd: number] = [0, 0];
  for (let i = 0; i < end; i++) if (bytes[i] === 0) nuls[i % 2 === 0 ? 0 : 1] += 1;
  const [few, many] = nuls[0] < nuls[1] ? nuls : [nuls[1], nuls[0]];
  if (many === 0 || few > many * MOST_ODD) return undefined;
  const encoding = nuls[0] < nuls[1] ? "utf-16le" : "utf-16be";
  // Where NULs are few, as in Cyrillic or Chinese, bytes that are good UTF-8 are just that with stray NULs.
  if (many < end * LEAST_SHARE && decodes(bytes, "utf-8") !== undefined) return undefined;
  const text = decodes(bytes, encoding);
  return text !== undefined && isText(text) ? encoding : undefined;
}

function decodes(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    // Streaming forgives a character that the sample cuts in two.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Neither control characters, but for a stray NUL, nor code points that no text has. */
export function isText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return !/[\x01-\x08\x0e-\x1a\x1c-\x1f\p{Co}\p{Cn}]/u.test(text);
}
