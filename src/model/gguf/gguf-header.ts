import { refuseUnlessGguf } from "../sources/transfer.ts";
import { tensorBytes } from "./ggml-types.ts";
import { GgufCursor } from "./gguf-cursor.ts";
import { type GgufValue, readValue } from "./gguf-value.ts";

/** A tensor as the header declares it. */
export type GgufTensor = {
  readonly name: string;
  /** ggml_type. */
  readonly type: number;
  readonly elements: number;
  /** From the beginning of the file. */
  readonly offset: number;
  /** Where the header says its type (u32), and behind it its offset (u64). */
  readonly typeAt: number;
  /** Absent for a type that focus does not know. */
  readonly bytes?: number;
};

/** All of a GGUF file but its tensors' data and the long lists of its tokenizer. */
export type GgufHeader = {
  readonly path: string;
  readonly fileBytes: number;
  readonly values: ReadonlyMap<string, GgufValue>;
  readonly tensors: readonly GgufTensor[];
  /** Bytes before the tensors' data. */
  readonly headerBytes: number;
  /** Every tensor's data starts at a multiple of so many bytes. */
  readonly alignment: number;
};

/** GGUF_DEFAULT_ALIGNMENT and GGML_MAX_DIMS, ggml/include/{gguf,ggml}.h. */
const DEFAULT_ALIGNMENT = 32;
const MAX_DIMENSIONS = 4;
/** Real models have some thousands; what a header claims is held in memory. */
const MAX_COUNT = 1 << 20;
/** An empty key, its type, and one byte of value. */
const LEAST_VALUE_BYTES = 8 + 4 + 1;
/** An empty name, the number of dimensions, the type, the offset. */
const LEAST_TENSOR_BYTES = 8 + 4 + 4 + 8;

/**
 * Reads a GGUF's header (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md) and checks that the file holds all the
 * tensor data that it declares. node-llama-cpp's own reader trusts every count, and reads zeros past the end of a
 * truncated file: nothing may reach it that this has not read. Throws ModelError.
 */
export function readHeader(path: string): GgufHeader {
  const cursor = new GgufCursor(path);
  try {
    refuseUnlessGguf(cursor.bytesAt(0, 4), path);
    cursor.skip(4);
    requireVersion(cursor);
    const nTensors = count(cursor, "tensors", LEAST_TENSOR_BYTES);
    const nValues = count(cursor, "metadata values", LEAST_VALUE_BYTES);
    const values = new Map<string, GgufValue>();
    for (let i = 0; i < nValues; i += 1) values.set(cursor.string(), readValue(cursor));
    const declared = Array.from({ length: nTensors }, () => readTensor(cursor));
    const alignment = requireAlignment(values.get("general.alignment"), cursor);
    const headerBytes = Math.ceil(cursor.position / alignment) * alignment;
    const tensors = declared.map((tensor) => ({ ...tensor, offset: headerBytes + tensor.offset }));
    for (const tensor of tensors) requireData(tensor, cursor);
    return { path, fileBytes: cursor.fileBytes, values, tensors, headerBytes, alignment };
  } finally {
    cursor.close();
  }
}

function requireVersion(cursor: GgufCursor): void {
  const version = cursor.u32();
  if (version === 2 || version === 3) return;
  const big = version === 0x02000000 || version === 0x03000000;
  throw cursor.damaged(
    big ? "it is big-endian, and this machine is not" : `GGUF version ${version}, expected 2 or 3`,
  );
}

/** A count of things that take at least so many bytes each. */
function count(cursor: GgufCursor, things: string, leastBytes: number): number {
  const claimed = cursor.u64();
  if (claimed <= MAX_COUNT && claimed * leastBytes <= cursor.remainingBytes) return claimed;
  throw cursor.damaged(`it claims ${claimed} ${things}, but the file has ${cursor.fileBytes} bytes`);
}

function readTensor(cursor: GgufCursor): GgufTensor {
  const name = cursor.string();
  const nDimensions = cursor.u32();
  if (nDimensions > MAX_DIMENSIONS) throw cursor.damaged(`tensor ${name} has ${nDimensions} dimensions`);
  let elements = 1;
  for (let i = 0; i < nDimensions; i += 1) elements *= cursor.u64();
  const typeAt = cursor.position;
  const type = cursor.u32();
  const bytes = tensorBytes(type, elements);
  return { name, type, elements, offset: cursor.u64(), typeAt, ...(bytes === undefined ? {} : { bytes }) };
}

function requireAlignment(value: GgufValue | undefined, cursor: GgufCursor): number {
  const step = value ?? DEFAULT_ALIGNMENT;
  if (typeof step === "number" && Number.isInteger(Math.log2(step))) return step;
  throw cursor.damaged(`general.alignment is ${String(step)}, expected a power of two`);
}

function requireData({ name, offset, bytes = 0 }: GgufTensor, cursor: GgufCursor): void {
  const end = offset + bytes;
  if (end <= cursor.fileBytes) return;
  throw cursor.damaged(`tensor ${name} ends at byte ${end}, but the file has ${cursor.fileBytes} bytes`);
}
