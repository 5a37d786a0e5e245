/** A file's text, and one sentence for each thing that was guessed or replaced. */
export type Decoded = { readonly text: string; readonly warnings: readonly string[] };

/** Undefined when the bytes are not valid in `encoding`, or when nobody knows such an encoding. */
export function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
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
  const text = new TextDecoder(encoding).decode(bytes);
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
