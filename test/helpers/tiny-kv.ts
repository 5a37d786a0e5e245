import type { ByteSource } from "../../src/kv/state/byte-source.ts";
import type { StateExpectation } from "../../src/kv/state/state-file.ts";

/** What a tiny state file says; each field can be made wrong on its own. */
export type TinyState = {
  readonly magic: number;
  readonly version: number;
  /** Declared number of tokens and cells; the lists may be of other lengths. */
  readonly nTokens: number;
  readonly nCells: number;
  readonly tokens: readonly number[];
  readonly positions: readonly number[];
  readonly nSeqId: number;
  readonly nStream: number;
  /** Streams that are written; all but `stream` are empty. */
  readonly streams: number;
  readonly stream: number;
  readonly cellsOfOthers: number;
  readonly vTrans: number;
  readonly nLayers: number;
  readonly layers: number;
  readonly type: number;
  readonly keyRowBytes: bigint;
  readonly valueRowBytes: bigint;
};

export const TINY_KEY_ROW_BYTES = 8;
export const TINY_VALUE_ROW_BYTES = 4;

/** Three tokens, two layers, two sequences of which the second was saved: 248 bytes. */
export const TINY: TinyState = {
  magic: 0x67677371,
  version: 3,
  nTokens: 3,
  nCells: 3,
  tokens: [11, 12, 13],
  positions: [0, 1, 2],
  nSeqId: 1,
  nStream: 2,
  streams: 2,
  stream: 1,
  cellsOfOthers: 0,
  vTrans: 0,
  nLayers: 2,
  layers: 2,
  type: 1,
  keyRowBytes: BigInt(TINY_KEY_ROW_BYTES),
  valueRowBytes: BigInt(TINY_VALUE_ROW_BYTES),
};

export const TINY_EXPECTATION: StateExpectation = {
  nLayers: 2,
  keyRowBytes: TINY_KEY_ROW_BYTES,
  valueRowBytes: TINY_VALUE_ROW_BYTES,
  nStream: 2,
  capacityCells: 8,
};

/** Built from the format's description alone, so that it can contradict the codec. Row bytes count up from 1. */
export function tinyState(changes: Partial<TinyState> = {}): Buffer {
  const state = { ...TINY, ...changes };
  const parts: Buffer[] = [u32(state.magic, state.version, state.nTokens, ...state.tokens, state.nStream)];
  let next = 1;
  const rows = (rowBytes: number): Buffer => {
    const bytes = Buffer.alloc(rowBytes * state.positions.length);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = next++ % 251;
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(rowBytes === TINY_KEY_ROW_BYTES ? state.keyRowBytes : state.valueRowBytes);
    return Buffer.concat([u32(state.type), size, bytes]);
  };
  for (let stream = 0; stream < state.streams; stream += 1) {
    if (stream !== state.stream) {
      parts.push(u32(state.cellsOfOthers));
      continue;
    }
    parts.push(u32(state.nCells), ...state.positions.map((position) => u32(position, state.nSeqId, stream)));
    parts.push(u32(state.vTrans, state.nLayers));
    for (let i = 0; i < state.layers; i += 1) parts.push(rows(TINY_KEY_ROW_BYTES));
    for (let i = 0; i < state.layers; i += 1) parts.push(rows(TINY_VALUE_ROW_BYTES));
  }
  return Buffer.concat(parts);
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, 4 * i);
  return bytes;
}

/** Bytes in memory. A read beyond the end is an Error of no kind that the codec throws: it must never try. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    name: "memory",
    sizeBytes: bytes.length,
    readInto: async (target, offset) => {
      if (offset < 0 || offset + target.length > bytes.length) throw new Error("read past the end");
      target.set(bytes.subarray(offset, offset + target.length));
    },
  };
}
