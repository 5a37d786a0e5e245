import { KvStoreError } from "../../errors.ts";
import { decodeF16, encodeF16 } from "./f16.ts";

// Rows at 8 bits: blocks of 32 neighbouring f16 values share a scale, one of four to each power of two, so that every value
// is an f16 again, and packing and unpacking it is one look into a table. 33 bytes for 64. Without the rotation that
// llama.cpp's own q8_0 rows have, rows can be moved. What it costs was measured: docs/performance.md.
//
//   scales (nBlocks) u8, then steps (nValues) i8: value = step * SCALES[scale of its block]

const BLOCK_VALUES = 32;
const MOST_STEPS = 127;
const QUARTERS = 4;
const F16_INFINITY = 0x7c00;

type Scale = { readonly exponent: number; readonly quarters: number };

/** (1 + quarters / 4) * 2^exponent, ascending: from the step of f16's subnormals to where 127 steps are f16's largest values. */
const SCALES: readonly Scale[] = scales();

/** From this exponent on, f16's subnormals are less than half a step. */
const LEAST_SHIFTED = -13;
/** The exponent at which `STEPS` counts. */
const STEPS_EXPONENT = -7;
/** (4, 0x4000) steps of every f16 below 2, by quarters and bits. */
const STEPS = Array.from({ length: QUARTERS }, (_, quarters) => {
  return Int8Array.from({ length: 0x4000 }, (_, bits) =>
    stepsOf(bits, { exponent: STEPS_EXPONENT, quarters }),
  );
});
/** (0x7c00) index of a block's scale by its largest magnitude. */
const SCALE_OF = scaleOfLargest();
/** (nScales, 256) f16 bits of every step at every scale. */
const EXPANDED = SCALES.map((scale) => {
  return Uint16Array.from({ length: 256 }, (_, byte) => encodeF16(((byte << 24) >> 24) * sizeOf(scale)));
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
    const index = SCALE_OF[largest(rows, start, end)];
    if (index === undefined) throw new KvStoreError("rows to keep: wanted numbers, found infinity or NaN");
    target[block] = index;
    const scale = SCALES[index] as Scale;
    if (scale.exponent >= LEAST_SHIFTED) shiftBlock(rows, target, { start, end, nBlocks, scale });
    else for (let i = start; i < end; i += 1) target[nBlocks + i] = stepsOf(rows[i] as number, scale);
  }
}

type Block = {
  readonly start: number;
  readonly end: number;
  readonly nBlocks: number;
  readonly scale: Scale;
};

/** Multiplying by a power of two is adding to f16's exponent. */
function shiftBlock(
  rows: Uint16Array,
  target: Int8Array,
  { start, end, nBlocks, scale: { exponent, quarters } }: Block,
): void {
  const shift = (exponent - STEPS_EXPONENT) << 10;
  const table = STEPS[quarters] as Int8Array;
  for (let i = start; i < end; i += 1) {
    const bits = rows[i] as number;
    const at = (bits & 0x7fff) - shift;
    const steps = at < 0 ? 0 : (table[at] as number);
    target[nBlocks + i] = bits & 0x8000 ? -steps : steps;
  }
}

/**
 * The other way, exactly. `rows` begin at a multiple of 4 bytes. Throws KvStoreError for a scale that `packRows` does not write.
 */
export function unpackRows(packed: Uint8Array, rows: Uint16Array): void {
  const nBlocks = Math.ceil(rows.length / BLOCK_VALUES);
  const steps = packed.subarray(nBlocks);
  const four = new DataView(steps.buffer, steps.byteOffset, steps.byteLength);
  const pairs = new Uint32Array(rows.buffer, rows.byteOffset, rows.length >> 1);
  for (let block = 0; block < nBlocks; block += 1) {
    const table = expanded(packed[block] as number);
    const start = block * BLOCK_VALUES;
    const end = Math.min(rows.length, start + BLOCK_VALUES);
    let i = start;
    // Two values a store, little-endian as rows are: in 45 % of the time of one by one.
    for (; i + 4 <= end; i += 4) {
      const word = four.getUint32(i, true);
      pairs[i >> 1] = (table[word & 0xff] as number) | ((table[(word >>> 8) & 0xff] as number) << 16);
      pairs[(i >> 1) + 1] = (table[(word >>> 16) & 0xff] as number) | ((table[word >>> 24] as number) << 16);
    }
    for (; i < end; i += 1) rows[i] = table[steps[i] as number] as number;
  }
}

function expanded(scale: number): Uint16Array {
  const table = EXPANDED[scale];
  if (table !== undefined) return table;
  throw new KvStoreError(`packed rows: wanted scales below ${SCALES.length}, found ${scale}`);
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

/** An f16 in steps of a scale, halves away from zero; only f16's very largest values are more than 127 of them. */
function stepsOf(bits: number, scale: Scale): number {
  const steps = Math.min(MOST_STEPS, Math.round(decodeF16(bits & 0x7fff) / sizeOf(scale)));
  return bits & 0x8000 ? -steps : steps;
}

function sizeOf({ exponent, quarters }: Scale): number {
  return (1 + quarters / QUARTERS) * 2 ** exponent;
}

/** Quarters only from 2^-22 on: below, they would be finer than f16's subnormals. */
function scales(): Scale[] {
  const found: Scale[] = [];
  for (let exponent = -24; exponent < 9; exponent += 1) {
    for (let quarters = 0; quarters < (exponent < -22 ? 1 : QUARTERS); quarters += 1) {
      found.push({ exponent, quarters });
    }
  }
  return [...found, { exponent: 9, quarters: 0 }];
}

/** The smallest scale at which a magnitude is at most 127 steps. */
function scaleOfLargest(): Uint8Array {
  const table = new Uint8Array(F16_INFINITY);
  let index = 0;
  for (let bits = 0; bits < F16_INFINITY; bits += 1) {
    const steps = Math.round(decodeF16(bits) / sizeOf(SCALES[index] as Scale));
    if (steps > MOST_STEPS && index < SCALES.length - 1) index += 1;
    table[bits] = index;
  }
  return table;
}
