import type { GgufCursor } from "./gguf-cursor.ts";

/** A list whose elements were passed over, such as a vocabulary. */
export type GgufList = { readonly length: number };

/** Integers of 64 bits beyond 2^53 are rounded. */
export type GgufValue = string | number | boolean | readonly number[] | GgufList;

/** gguf_type, ggml/include/gguf.h. */
const BOOL = 7;
const STRING = 8;
const ARRAY = 9;

type NumberType = { readonly bytes: number; readonly read: (bytes: Buffer) => number };

const NUMBERS: Readonly<Record<number, NumberType>> = {
  0: { bytes: 1, read: (bytes) => bytes.readUInt8() },
  1: { bytes: 1, read: (bytes) => bytes.readInt8() },
  2: { bytes: 2, read: (bytes) => bytes.readUInt16LE() },
  3: { bytes: 2, read: (bytes) => bytes.readInt16LE() },
  4: { bytes: 4, read: (bytes) => bytes.readUInt32LE() },
  5: { bytes: 4, read: (bytes) => bytes.readInt32LE() },
  6: { bytes: 4, read: (bytes) => bytes.readFloatLE() },
  [BOOL]: { bytes: 1, read: (bytes) => bytes.readUInt8() },
  10: { bytes: 8, read: (bytes) => Number(bytes.readBigUInt64LE()) },
  11: { bytes: 8, read: (bytes) => Number(bytes.readBigInt64LE()) },
  12: { bytes: 8, read: (bytes) => bytes.readDoubleLE() },
};

/** Lists by layer are kept, lists by token are not. */
const LONGEST_KEPT_LIST = 4096;

/** Reads a type and a value of it; strings in lists are passed over. Throws ModelError. */
export function readValue(cursor: GgufCursor): GgufValue {
  const type = cursor.u32();
  if (type === STRING) return cursor.string();
  if (type === ARRAY) return readList(cursor);
  const { bytes, read } = numberType(type, cursor);
  const value = read(cursor.bytes(bytes));
  return type === BOOL ? value !== 0 : value;
}

function readList(cursor: GgufCursor): readonly number[] | GgufList {
  const type = cursor.u32();
  const length = cursor.u64();
  if (type === STRING) {
    for (let i = 0; i < length; i += 1) cursor.skip(cursor.u64());
    return { length };
  }
  const { bytes, read } = numberType(type, cursor);
  if (length > LONGEST_KEPT_LIST) {
    cursor.skip(length * bytes);
    return { length };
  }
  return Array.from({ length }, () => read(cursor.bytes(bytes)));
}

/** llama.cpp reads no lists of lists either. */
function numberType(type: number, cursor: GgufCursor): NumberType {
  const found = NUMBERS[type];
  if (found === undefined)
    throw cursor.damaged(`a metadata value is of type ${type}, which GGUF does not have here`);
  return found;
}
