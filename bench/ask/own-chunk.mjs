/** A text as a chunk of its own: of a longer one as much as a chunk holds. */
export function ownChunk(text, { reader, chunkTokens }) {
  const tokens = reader.tokenize(text).subarray(0, chunkTokens);
  return { document: 0, index: 0, start: 0, end: text.length, tokens, heading: "" };
}
