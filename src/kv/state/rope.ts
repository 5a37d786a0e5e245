import { KvStoreError } from "../../errors.ts";
import { decodeF16, encodeF16 } from "./f16.ts";

/** How a model turns positions into rotations of K. */
export type RopeParams = {
  /** Which dimensions turn together: "norm" (2i, 2i + 1) or "neox" (i, i + dimensionCount / 2). Not in the GGUF. */
  readonly pairing: "norm" | "neox";
  readonly headDim: number;
  /** rope.dimension_count: so many dimensions of a head turn, the others carry no position. Even, at most headDim. */
  readonly dimensionCount: number;
  /** rope.freq_base. */
  readonly base: number;
  /** What positions are multiplied by: 1, or 1 / rope.scaling.factor with linear scaling. */
  readonly linearScale: number;
  /** (dimensionCount / 2) the tensor rope_freqs.weight of Llama 3.x; absent: all 1. */
  readonly frequencyDivisors?: Float32Array;
  /** rope.scaling.type is yarn: such rows may be kept where they are, but not moved. */
  readonly yarn?: boolean;
};

/** One offset's rotation, for any number of rows: cosine and sine for each pair, (dimensionCount / 2) f64 each. */
export type Rotation = {
  readonly rope: RopeParams;
  readonly offset: number;
  readonly cos: Float64Array;
  readonly sin: Float64Array;
};

/**
 * Prepares moving K by `offset` positions: a rotation of pair i by offset * linearScale * base^(-2i / dimensionCount) /
 * divisor i, as ggml_rope_ext turns it (ggml-cpu/ops.cpp at the llama.cpp release that node-llama-cpp 3.22.1 ships).
 *
 * Throws KvStoreError for impossible dimensions, and for YaRN, whose K also carries a magnitude, which llama.cpp's own
 * shift applies a second time.
 */
export function rotation(rope: RopeParams, offset: number): Rotation {
  if (rope.yarn === true && offset !== 0) {
    throw new KvStoreError("KV rows of a model with YaRN scaling cannot be moved to other positions");
  }
  const { headDim, dimensionCount, frequencyDivisors } = rope;
  const nPairs = dimensionCount / 2;
  if (!Number.isInteger(nPairs) || dimensionCount > headDim) {
    throw new KvStoreError(
      `rotation: wanted an even count of at most ${headDim} dimensions, found ${dimensionCount}`,
    );
  }
  if (frequencyDivisors !== undefined && frequencyDivisors.length !== nPairs) {
    throw new KvStoreError(
      `rotation: wanted ${nPairs} frequency divisors, found ${frequencyDivisors.length}`,
    );
  }
  const angles = Float64Array.from({ length: nPairs }, (_, i) => {
    const frequency = rope.base ** ((-2 * i) / dimensionCount) / (frequencyDivisors?.[i] ?? 1);
    return offset * rope.linearScale * frequency;
  });
  return { rope, offset, cos: angles.map(Math.cos), sin: angles.map(Math.sin) };
}

/** Turns one head in place. `head`: (headDim) f32. Exact but for f32 rounding. */
export function rotateHead(head: Float32Array, { rope, cos, sin }: Rotation): void {
  const nPairs = rope.dimensionCount / 2;
  const [step, apart] = rope.pairing === "norm" ? [2, 1] : [1, nPairs];
  for (let i = 0; i < nPairs; i += 1) {
    const c = cos[i] ?? 1;
    const s = sin[i] ?? 0;
    const x = head[step * i] ?? 0;
    const y = head[step * i + apart] ?? 0;
    head[step * i] = x * c - y * s;
    head[step * i + apart] = x * s + y * c;
  }
}

/**
 * Turns K rows in place. `rows`: (nCells, nKvHeads * headDim) f16, row-major, little-endian bytes at any alignment.
 * Exact but for one rounding to f16 a value; dimensions from dimensionCount on keep their bytes, and so do all at offset
 * 0, where arithmetic would turn -0 into 0 and infinity into NaN.
 */
export function rotateKeys(rows: Uint8Array, turn: Rotation): void {
  const { headDim, dimensionCount } = turn.rope;
  if (turn.offset === 0) return;
  if (rows.byteLength % (2 * headDim) !== 0) {
    throw new KvStoreError(
      `rotation: wanted heads of ${2 * headDim} bytes, found rows of ${rows.byteLength} bytes`,
    );
  }
  const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
  const head = new Float32Array(dimensionCount); // (dimensionCount) f32
  for (let start = 0; start < rows.byteLength; start += 2 * headDim) {
    for (let i = 0; i < dimensionCount; i += 1) head[i] = decodeF16(view.getUint16(start + 2 * i, true));
    rotateHead(head, turn);
    for (let i = 0; i < dimensionCount; i += 1) view.setUint16(start + 2 * i, encodeF16(head[i] ?? 0), true);
  }
}
