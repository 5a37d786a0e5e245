import { KvStoreError } from "../../errors.ts";
import { bytesSource } from "./byte-source.ts";
import { packedBytes, packRows, unpackRows } from "./packed-rows.ts";
import {
  f16Geometry,
  type KvShape,
  parseState,
  type StateExpectation,
  type StateFile,
} from "./state-file.ts";
import { F16, ROWS_HEADER_BYTES, type StateGeometry, sizeOfState } from "./state-layout.ts";

/** Name of the form, for keys: files of another form must have other names. */
export const PACKED_FORM = "i8 by quarters of powers of two, blocks of 32";

// A packed state is llama.cpp's state file with every layer's K and V at 8 bits (packed-rows.ts), everything between them
// as it was. In front stand u32 nCells and u32 bytes before the first rows, little-endian.

const COUNTS_BYTES = 8;

export type PackedCounts = { readonly nTokens: number; readonly nStream: number };

/** Exact size in bytes of a packed state of f16 rows, a cell for each token. */
export function packedStateBytes(shape: KvShape, { nTokens, nStream }: PackedCounts): number {
  const geometry = f16Geometry(shape);
  const plain = sizeOfState(geometry, { nTokens, nCells: nTokens, nStream });
  return COUNTS_BYTES + plain - savedBytes(sectionsOf(geometry, { nCells: nTokens, head: 0 }));
}

/** Packs a state that llama.cpp wrote. Throws KvStoreError for anything but a whole state with f16 rows. */
export async function packState(bytes: Uint8Array, expectation: StateExpectation): Promise<Uint8Array> {
  const state = await parseState(bytesSource(bytes, "of the engine"), expectation);
  const rows = [...state.keys, ...state.values];
  const [first] = rows;
  if (first === undefined || rows.some(({ type }) => type !== F16)) {
    throw new KvStoreError("state to keep: wanted layers of f16 rows, found others");
  }
  const counts = { nCells: state.positions.length, head: first.offset };
  const sections = sectionsOf(expectation, counts);
  const packed = new Uint8Array(COUNTS_BYTES + state.bytes - savedBytes(sections));
  new Uint32Array(packed.buffer, 0, 2).set([counts.nCells, counts.head]);
  let [from, to] = [0, COUNTS_BYTES];
  for (const { plain, values } of sections) {
    packed.set(bytes.subarray(from, from + plain), to);
    [from, to] = [from + plain, to + plain];
    const size = packedBytes(values);
    packRows(f16View(bytes, from, values), new Int8Array(packed.buffer, to, size));
    [from, to] = [from + 2 * values, to + size];
  }
  packed.set(bytes.subarray(from, state.bytes), to);
  return packed;
}

export type Unpacked = { readonly bytes: Uint8Array; readonly state: StateFile };

/** Memory for so many bytes, whatever stands in it. */
export type Room = (bytes: number) => Uint8Array;

/**
 * The other way: a state file for llama.cpp, all of which was checked but its rows. Throws KvStoreError. `room` may give the
 * same memory each time: taking new costs as much as unpacking.
 */
export async function unpackState(
  packed: Uint8Array,
  expectation: StateExpectation,
  room: Room = (bytes) => new Uint8Array(bytes),
): Promise<Unpacked> {
  const sections = sectionsOf(expectation, readCounts(packed, expectation));
  const saved = savedBytes(sections);
  const bytes = room(packed.length - COUNTS_BYTES + saved);
  let [from, to] = [COUNTS_BYTES, 0];
  for (const { plain, values } of sections) {
    const size = packedBytes(values);
    if (from + plain + size > packed.length) refuse(`at least ${from + plain + size} bytes`, packed.length);
    bytes.set(packed.subarray(from, from + plain), to);
    [from, to] = [from + plain, to + plain];
    unpackRows(packed.subarray(from, from + size), f16View(bytes, to, values));
    [from, to] = [from + size, to + 2 * values];
  }
  bytes.set(packed.subarray(from), to);
  return { bytes, state: await parseState(bytesSource(bytes, "of the store"), expectation) };
}

/** All that llama.cpp writes is made of 4 bytes, so that only the beginning may lie at an odd place. */
function f16View(bytes: Uint8Array, offset: number, values: number): Uint16Array {
  const at = bytes.byteOffset + offset;
  if (at % 2 === 0) return new Uint16Array(bytes.buffer, at, values);
  return new Uint16Array(Uint8Array.from(bytes.subarray(offset, offset + 2 * values)).buffer);
}

/** Bytes that are kept as they are, and the f16 values behind them. */
type Section = { readonly plain: number; readonly values: number };
type Counts = { readonly nCells: number; readonly head: number };

/** K of all layers, then V of all; behind the last stands what is left. */
function sectionsOf(geometry: StateGeometry, { nCells, head }: Counts): Section[] {
  const { nLayers, keyRowBytes, valueRowBytes } = geometry;
  const rowBytes = [keyRowBytes, valueRowBytes].flatMap((bytes) => new Array<number>(nLayers).fill(bytes));
  return rowBytes.map((bytes, i) => {
    return { plain: i === 0 ? head : ROWS_HEADER_BYTES, values: (nCells * bytes) / 2 };
  });
}

function savedBytes(sections: readonly Section[]): number {
  return sections.reduce((sum, { values }) => sum + 2 * values - packedBytes(values), 0);
}

/** Checked as far as needed before anything is allocated for them. */
function readCounts(packed: Uint8Array, { capacityCells }: StateExpectation): Counts {
  if (packed.length < COUNTS_BYTES) refuse(`at least ${COUNTS_BYTES} bytes`, packed.length);
  const view = new DataView(packed.buffer, packed.byteOffset, COUNTS_BYTES);
  const [nCells, head] = [view.getUint32(0, true), view.getUint32(4, true)];
  if (nCells > capacityCells) refuse(`at most ${capacityCells} cells`, nCells);
  if (head % 4 !== 0) refuse("a multiple of 4 bytes before the rows", head);
  return { nCells, head };
}

function refuse(wanted: string, found: number): never {
  throw new KvStoreError(`packed state: wanted ${wanted}, found ${found}`);
}
