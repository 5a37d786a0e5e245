import { decodeF16, encodeF16 } from "../../kv/state/f16.ts";

/** Weights of one block, in both types. */
const WEIGHTS = 32;
/** Scale d and minimum m (f16), then 16 bytes of two codes q each, those of the first half below: a weight is d·q + m. */
const Q4_1_BYTES = 20;
const CODES_AT = 4;
const N_CODES = 16;
/** Scale d (f16), then 32 signed bytes q: a weight is d·q. */
const Q8_0_BYTES = 34;
const MOST_Q8 = 127;

/**
 * (nBlocks · 20) bytes of Q4_1 → (nBlocks · 34) bytes of Q8_0, the nearest weights: block_q4_1, block_q8_0 and
 * quantize_row_q8_0_ref of ggml-common.h and ggml-quants.c, at the llama.cpp release that node-llama-cpp 3.22.1 ships.
 */
export function asQ8(blocks: Buffer): Buffer {
  const count = blocks.length / Q4_1_BYTES;
  const out = Buffer.alloc(count * Q8_0_BYTES);
  const levels = new Int8Array(N_CODES);
  for (let block = 0; block < count; block += 1) {
    const from = block * Q4_1_BYTES;
    const to = block * Q8_0_BYTES;
    const step = decodeF16(blocks.readUInt16LE(from));
    const least = decodeF16(blocks.readUInt16LE(from + 2));
    const scale = scaleOf(blocks.subarray(from + CODES_AT, from + Q4_1_BYTES), step, least);
    for (let code = 0; code < N_CODES; code += 1) levels[code] = level(step * code + least, scale);
    out.writeUInt16LE(encodeF16(scale), to);
    for (let i = 0; i < WEIGHTS / 2; i += 1) {
      const pair = blocks[from + CODES_AT + i] ?? 0;
      out[to + 2 + i] = levels[pair & 0xf] ?? 0;
      out[to + 2 + WEIGHTS / 2 + i] = levels[pair >>> 4] ?? 0;
    }
  }
  return out;
}

/** The largest weight that the block has, over 127. */
function scaleOf(codes: Buffer, step: number, least: number): number {
  let largest = 0;
  for (const pair of codes) {
    largest = Math.max(largest, Math.abs(step * (pair & 0xf) + least), Math.abs(step * (pair >>> 4) + least));
  }
  return largest / MOST_Q8;
}

/** Codes that the block does not have may lie beyond its scale; nothing reads them. */
function level(weight: number, scale: number): number {
  return scale === 0 ? 0 : Math.round(weight / scale);
}
