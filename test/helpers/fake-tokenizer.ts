/** A word or a mark with the space before it, or one character of white space; pieces joined are the text. */
const PIECE = / ?[\p{L}\p{M}\p{N}]+| ?[^\s\p{L}\p{M}\p{N}]|\s/gu;

/** Ends the model's turn; no text has it. */
export const END = 0;

/** The same piece has the same token in every process: its hash. */
const pieces = new Map<number, string>();

export function tokenize(text: string): Uint32Array {
  return Uint32Array.from(text.match(PIECE) ?? [], tokenOf);
}

/** Throws for tokens of no text that was tokenised. */
export function detokenize(tokens: ArrayLike<number>): string {
  return Array.from(tokens, (token) => {
    const piece = pieces.get(token);
    if (piece === undefined) throw new Error(`${token} is no token`);
    return piece;
  }).join("");
}

/** FNV-1a, 32 bits. */
function tokenOf(piece: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(piece)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  const known = pieces.get(hash) ?? piece;
  if (known !== piece || hash === END) throw new Error(`"${piece}" and "${known}" have one token`);
  pieces.set(hash, piece);
  return hash;
}
