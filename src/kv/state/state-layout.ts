// The state of one sequence as llama_state_seq_save_file writes it: src/llama-context.cpp and src/llama-kv-cache.cpp at
// the llama.cpp release that node-llama-cpp 3.22.1 ships (v0.5.0). Little-endian, packed, no checksum:
//
//   u32 magic, u32 version, u32 nTokens, i32 token[nTokens], u32 nStream
//   a stream:  u32 nCells; nothing more when 0, else
//              nCells x {i32 position, u32 nSeqId = 1, i32 seqId}
//              u32 vTrans, u32 nLayers
//              nLayers x {i32 keyType, u64 keyRowBytes, K (nCells, keyRowBytes) u8}
//              nLayers x {i32 valueType, u64 valueRowBytes, V (nCells, valueRowBytes) u8}      with vTrans = 0
//
// K is stored after RoPE. A row is (nKvHeads * headDim) values, heads in GGUF order.

/** LLAMA_STATE_SEQ_MAGIC, include/llama.h ('ggsq'). */
export const STATE_MAGIC = 0x67677371;
/** LLAMA_STATE_SEQ_VERSION, include/llama.h. */
export const STATE_VERSION = 3;

/** Magic, version, number of tokens. */
export const START_BYTES = 12;
export const TOKEN_BYTES = 4;
/** The number of streams, and the number of cells of each. */
export const COUNT_BYTES = 4;
/** Position, number of sequences, sequence id. */
export const CELL_BYTES = 12;
/** vTrans and number of layers. */
export const BLOCK_BYTES = 8;
/** Element type and row size, in front of each layer's rows. */
export const ROWS_HEADER_BYTES = 12;

/** ggml_type of the rows we take (ggml.h). Quantised rows are Hadamard-rotated without saying so: never taken. */
export const ROW_TYPES: ReadonlyMap<number, "f32" | "f16" | "bf16"> = new Map([
  [0, "f32"],
  [1, "f16"],
  [30, "bf16"],
]);
export const F16 = 1;

/** What every file of a model has in common. */
export type StateGeometry = {
  readonly nLayers: number;
  /** Bytes of one cell's K, all KV heads of a layer. */
  readonly keyRowBytes: number;
  readonly valueRowBytes: number;
};

export type StateCounts = { readonly nTokens: number; readonly nCells: number; readonly nStream: number };

/** Exact size in bytes of a state file with one non-empty stream. */
export function sizeOfState(geometry: StateGeometry, { nTokens, nCells, nStream }: StateCounts): number {
  const { nLayers, keyRowBytes, valueRowBytes } = geometry;
  const head = START_BYTES + TOKEN_BYTES * nTokens + COUNT_BYTES * (1 + nStream);
  const rows = 2 * ROWS_HEADER_BYTES + nCells * (keyRowBytes + valueRowBytes);
  return head + CELL_BYTES * nCells + BLOCK_BYTES + nLayers * rows;
}
