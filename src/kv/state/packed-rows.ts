import { KvStoreError } from "../../errors.ts";
import { decodeF16, encodeF16 } from "./f16.ts";

// Rows at 8 bits: blocks of 32 neighbouring f16 values share a scale, a power of two, so that packing and unpacking a value
// is one look into a table. 33 bytes for 64. Without the rotation that llama.cpp's own q8_0 rows have, rows can be moved.
// What it costs was measured: no more than the last bit of f16 (docs/performance.md).
//
//   exponents (nBlocks) i8, then steps (nValues) i8: value = step * 2^exponent of its block

const BLOCK_VALUES = 32;
const MOST_STEPS = 127;
/** The step of f16's subnormals: below it there is nothing to keep. */
const LEAST_EXPONENT = -24;
const MOST_EXPONENT = 9;
const F16_INFINITY = 0x7c00;

/** From this exponent on, f16's subnormals are less than half a step. */
const LEAST_SHIFTED = -13;
/** The exponent at which `STEPS` counts: 127 steps are just below 1. */
const STEPS_EXPONENT = -7;
/** (0x3c00) steps of every f16 below 1, by its bits. */
const STEPS = Int8Array.from({ length: 0x3c00 }, (_, bits) => stepsOf(bits, STEPS_EXPONENT));
/** (0x7c00) exponent of a block by its largest magnitude. */
const EXPONENTS = exponents();
/** (34, 256) f16 bits of every step at every exponent. */
const EXPANDED = Array.from({ length: MOST_EXPONENT - LEAST_EXPONENT + 1 }, (_, i) => {
  return Uint16Array.from({ length: 256 }, (_, byte) =>
    encodeF16(((byte << 24) >> 24) * 2 ** (i + LEAST_EXPONENT)),
  );
});

/** Bytes of so many f16 values. */
export function packedBytes(nValues: number): number {
  return Math.ceil(nValues / BLOCK_VALUES) + nValues;
}

/** Rounds `rows`, (nValues) f16 bits, into `target`, (packedBytes(nValues)). Throws KvStoreError for infinity and NaN. */
export function packRows(rows: Uint16Array, target: Int8Array): void {
  const nBlocks = Math.ceil(rows.length / BLOCK_VALUES);
  for (let block = 0; block < nBlocks; block += 1) {
    const start = block * BLOCK_VALUES;
    const end = Math.min(rows.length, start + BLOCK_VALUES);
    const exponent = EXPONENTS[largest(rows, start, end)];
    if (exponent === undefined) throw new KvStoreError("rows to keep: wanted numbers, found infinity or NaN");
    target[block] = exponent;
    if (exponent >= LEAST_SHIFTED) shiftBlock(rows, target, { start, end, nBlocks, exponent });
    else for (let i = start; i < end; i += 1) target[nBlocks + i] = stepsOf(rows[i] as number, exponent);
  }
}

type Block = {
  readonly start: number;
  readonly end: number;
  readonly nBlocks: number;
  readonly exponent: number;
};

/** Multiplying by a power of two is adding to f16's exponent. */
function shiftBlock(rows: Uint16Array, target: Int8Array, { start, end, nBlocks, exponent }: Block): void {
  const shift = (exponent - STEPS_EXPONENT) << 10;
  for (let i = start; i < end; i += 1) {
    const bits = rows[i] as number;
    const at = (bits & 0x7fff) - shift;
    const steps = at < 0 ? 0 : (STEPS[at] as number);
    target[nBlocks + i] = bits & 0x8000 ? -steps : steps;
  }
}

/** The other way, exactly. Throws KvStoreError for an exponent that `packRows` does not write. */
export function unpackRows(packed: Uint8Array, rows: Uint16Array): void {
  const nBlocks = Math.ceil(rows.length / BLOCK_VALUES);
  for (let block = 0; block < nBlocks; block += 1) {
    const start = block * BLOCK_VALUES;
    const end = Math.min(rows.length, start + BLOCK_VALUES);
    const exponent = ((packed[block] as number) << 24) >> 24;
    const table = EXPANDED[exponent - LEAST_EXPONENT];
    if (table === undefined) {
      throw new KvStoreError(`packed rows: wanted exponents from -24 to 9, found ${exponent}`);
    }
    for (let i = start; i < end; i += 1) rows[i] = table[packed[nBlocks + i] as number] as number;
  }
}

/** The largest magnitude, as f16 bits, whose order is that of the values. */
function largest(rows: Uint16Array, start: number, end: number): number {
  let most = 0;
  for (let i = start; i < end; i += 1) {
    const magnitude = (rows[i] as number) & 0x7fff;
    if (magnitude > most) most = magnitude;
  }
  return most;
}

/** An f16 in steps of 2^exponent, halves away from zero; only f16's very largest values are more than 127 of them. */
function stepsOf(bits: number, exponent: number): number {
  const steps = Math.min(MOST_STEPS, Math.round(decodeF16(bits & 0x7fff) * 2 ** -exponent));
  return bits & 0x8000 ? -steps : steps;
}

/** The smallest exponent at which a magnitude is at most 127 steps. */
function exponents(): Int8Array {
  const table = new Int8Array(F16_INFINITY);
  let exponent = LEAST_EXPONENT;
  for (let bits = 0; bits < F16_INFINITY; bits += 1) {
    const steps = Math.round(decodeF16(bits) * 2 ** -exponent);
    if (steps > MOST_STEPS && exponent < MOST_EXPONENT) exponent += 1;
    table[bits] = exponent;
  }
  return table;
}
