import { TokenEmbedding } from "../../src/model/adapters/token-embedding.ts";

const BLOCK = 32;
const BLOCK_BYTES = 34;
/** f16 of 1/16: a value is a 16th of its code. */
const SCALE = 0x2c00;
const CODES_OF_ONE = 16;

/** A static embedding of 32 dimensions over a few words, of which each is one token, and nothing else but a bar is any. */
export function tinyEmbedding(vectors: Readonly<Record<string, readonly number[]>>) {
  const words = Object.keys(vectors);
  const rows = Buffer.alloc(words.length * BLOCK_BYTES);
  for (const [token, values] of Object.values(vectors).entries()) {
    rows.writeUInt16LE(SCALE, token * BLOCK_BYTES);
    for (let i = 0; i < BLOCK; i += 1) {
      rows.writeInt8((values[i] ?? 0) * CODES_OF_ONE, token * BLOCK_BYTES + 2 + i);
    }
  }
  // A bar is a token without a vector.
  const tokenOf = (piece: string): number => (piece === "|" ? words.length : words.indexOf(piece));
  const tokenize = (text: string): Uint32Array => {
    const pieces = text.match(/[^ |]+|\|/gu) ?? [];
    return Uint32Array.from(pieces.map(tokenOf).filter((token) => token >= 0));
  };
  return { embedding: new TokenEmbedding("of no file", rows, BLOCK), tokenizer: { tokenize } };
}
