// Rounds the f16 rows of a state file in place; `state` is what `parseState` found in `bytes`.
import { decodeF16, encodeF16 } from "../../dist/kv/state/f16.js";
import { packedBytes, packRows, unpackRows } from "../../dist/kv/state/packed-rows.js";

const view = (bytes, { offset, rowBytes }, nCells) =>
  new Uint16Array(bytes.buffer, bytes.byteOffset + offset, (nCells * rowBytes) / 2);

/** Calls `round` with the f16 bits of every layer's K, and of its V. */
function each({ keys, values, positions }, bytes, round) {
  for (const rows of [...keys, ...values]) round(view(bytes, rows, positions.length), rows.rowBytes / 2);
}

/** Rounds `size` values, `step` apart, as floats. */
function eachRun(bits, { size, step = 1 }, round) {
  const values = new Float32Array(size);
  for (let start = 0; start < bits.length; start += size * step) {
    for (let column = 0; column < step; column += 1) {
      const count = Math.min(size, Math.ceil((bits.length - start - column) / step));
      const run = values.subarray(0, count);
      for (let i = 0; i < count; i += 1) run[i] = decodeF16(bits[start + column + i * step]);
      round(run);
      for (let i = 0; i < count; i += 1) bits[start + column + i * step] = encodeF16(run[i]);
    }
  }
}

/** Steps from 0, as many up as down. */
const symmetric = (steps) => (values) => {
  const most = values.reduce((found, value) => Math.max(found, Math.abs(value)), 0);
  const scale = decodeF16(encodeF16(most / steps));
  for (let i = 0; i < values.length; i += 1)
    values[i] = scale === 0 ? 0 : Math.round(values[i] / scale) * scale;
};

/** Steps from the smallest value to the largest. */
const asymmetric = (steps) => (values) => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const scale = (high - low) / steps || 1;
  for (let i = 0; i < values.length; i += 1) values[i] = Math.round((values[i] - low) / scale) * scale + low;
};

export const FORMS = {
  /** The last of f16's ten fraction bits flipped: what any change at all costs, whatever its size. */
  "last bit": (bytes, state) =>
    each(state, bytes, (bits) => {
      for (let i = 0; i < bits.length; i += 1) bits[i] ^= 1;
    }),
  /** What the store keeps: 33 bytes for 64. */
  store: (bytes, state) =>
    each(state, bytes, (bits) => {
      const packed = new Int8Array(packedBytes(bits.length));
      packRows(bits, packed);
      unpackRows(new Uint8Array(packed.buffer), bits);
    }),
  /** 4 bits in blocks of 32 with a scale of f16: 18 bytes for 64. */
  "4 bits": (bytes, state) => each(state, bytes, (bits) => eachRun(bits, { size: 32 }, symmetric(7))),
  /** 4 bits: K by channel over 64 cells, V by blocks of 32, scale and offset of f16 (KIVI, arXiv 2402.02750): 20 bytes for 64. */
  "4 bits KIVI": (bytes, { keys, values, positions }) => {
    for (const rows of keys) {
      const step = rows.rowBytes / 2;
      eachRun(view(bytes, rows, positions.length), { size: 64, step }, asymmetric(15));
    }
    for (const rows of values) eachRun(view(bytes, rows, positions.length), { size: 32 }, asymmetric(15));
  },
};
