import type { ByteSource } from "./byte-source.ts";
import {
  BLOCK_BYTES,
  CELL_BYTES,
  ROW_TYPES,
  START_BYTES,
  STATE_MAGIC,
  STATE_VERSION,
  type StateGeometry,
  sizeOfState,
} from "./state-layout.ts";
import { StateReader } from "./state-reader.ts";

/** A model's KV rows, as its metadata tell: f16, K and V of the same width in every layer. */
export type KvShape = { readonly nLayers: number; readonly nKvHeads: number; readonly headDim: number };

/** What a file must agree with before a byte of its rows is believed. */
export type StateExpectation = StateGeometry & {
  /** Sequences of the context that the file is for. */
  readonly nStream: number;
  /** Cells and positions of one of its sequences; bounds what is allocated for a file. */
  readonly capacityCells: number;
};

/** Where a layer's K or V lies: (nCells, rowBytes) u8 from `offset` on. */
export type StateRows = {
  /** ggml_type of the elements: f16 = 1. */
  readonly type: number;
  readonly rowBytes: number;
  /** From the beginning of the file. */
  readonly offset: number;
};

export type StateFile = {
  /** (nTokens) token ids by position. */
  readonly tokens: Uint32Array;
  readonly nStream: number;
  /** Index of the stream that holds the cells: the id of the sequence that was saved. */
  readonly stream: number;
  /** (nCells) position of each cell, in the order of the rows. */
  readonly positions: Uint32Array;
  /** (nLayers) K after RoPE. */
  readonly keys: readonly StateRows[];
  /** (nLayers) V, which knows no position. */
  readonly values: readonly StateRows[];
  readonly bytes: number;
};

/** The geometry of f16 rows. */
export function f16Geometry({ nLayers, nKvHeads, headDim }: KvShape): StateGeometry {
  const rowBytes = nKvHeads * headDim * 2;
  return { nLayers, keyRowBytes: rowBytes, valueRowBytes: rowBytes };
}

/**
 * Exact size in bytes of the file that llama.cpp writes for a sequence. `nStream` is the number of
 * sequences of its context; cells are as many as tokens unless the state was composed.
 */
export function stateBytes(
  shape: KvShape,
  nTokens: number,
  { nCells = nTokens, nStream = 1 }: { readonly nCells?: number; readonly nStream?: number } = {},
): number {
  return sizeOfState(f16Geometry(shape), { nTokens, nCells, nStream });
}

/**
 * Reads all of a state file but its rows, and checks everything that llama.cpp would not, or only by aborting the
 * process. Nothing is allocated or read before its size is known to be possible. Throws KvStoreError.
 */
export async function parseState(source: ByteSource, expectation: StateExpectation): Promise<StateFile> {
  const { nStream, nLayers } = expectation;
  const reader = new StateReader(source);
  const tokens = await readTokens(reader, expectation);
  const [foundStreams] = await reader.u32Array(1);
  reader.require("n_stream", nStream, foundStreams);
  const { stream, nCells } = await findStream(reader, expectation);
  const bytes = sizeOfState(expectation, { nTokens: tokens.length, nCells, nStream });
  if (source.sizeBytes !== bytes) reader.refuse(`${bytes} bytes`, String(source.sizeBytes));
  const positions = await readPositions(reader, { nCells, nTokens: tokens.length });
  const [vTrans, foundLayers] = await reader.u32Array(BLOCK_BYTES / 4);
  // 1 without flash attention: values are transposed then, and a cell's V is not one run of bytes.
  reader.require("v_trans", 0, vTrans);
  reader.require("number of layers", nLayers, foundLayers);
  const keys = await readRowsHeaders(reader, { nLayers, rowBytes: expectation.keyRowBytes, nCells });
  const values = await readRowsHeaders(reader, { nLayers, rowBytes: expectation.valueRowBytes, nCells });
  const others = await reader.u32Array(nStream - stream - 1);
  // llama.cpp would load a second stream over the first.
  for (const count of others) reader.require("cells of a second stream", 0, count);
  return { tokens, nStream, stream, positions, keys, values, bytes };
}

async function readTokens(reader: StateReader, { capacityCells }: StateExpectation): Promise<Uint32Array> {
  const [magic, version, nTokens = 0] = await reader.u32Array(START_BYTES / 4);
  reader.require("magic", STATE_MAGIC, magic);
  reader.require("version", STATE_VERSION, version);
  if (nTokens > capacityCells) reader.refuse(`at most ${capacityCells} tokens`, String(nTokens));
  return reader.u32Array(nTokens);
}

type StreamCells = { readonly stream: number; readonly nCells: number };

async function findStream(reader: StateReader, expectation: StateExpectation): Promise<StreamCells> {
  for (let stream = 0; stream < expectation.nStream; stream += 1) {
    const [nCells = 0] = await reader.u32Array(1);
    if (nCells > expectation.capacityCells) {
      reader.refuse(`at most ${expectation.capacityCells} cells`, String(nCells));
    }
    if (nCells > 0) return { stream, nCells };
  }
  return reader.refuse("a stream with cells", "none");
}

type CellCounts = { readonly nCells: number; readonly nTokens: number };

async function readPositions(reader: StateReader, { nCells, nTokens }: CellCounts): Promise<Uint32Array> {
  const cells = await reader.u32Array(nCells * (CELL_BYTES / 4));
  const positions = new Uint32Array(nCells);
  let next = 0;
  for (let cell = 0; cell < nCells; cell += 1) {
    const position = (cells[3 * cell] ?? 0) | 0;
    if (position < 0) reader.refuse("positions from 0 on", String(position));
    reader.require("n_seq_id", 1, cells[3 * cell + 1]);
    positions[cell] = position;
    next = Math.max(next, position + 1);
  }
  // Otherwise every later evaluation fails: node-llama-cpp goes on at position nTokens, llama.cpp behind the last cell.
  reader.require("number of tokens", next, nTokens);
  return positions;
}

type RowsShape = { readonly nLayers: number; readonly rowBytes: number; readonly nCells: number };

/** Type and row size of every layer; goes past the rows themselves. */
async function readRowsHeaders(
  reader: StateReader,
  { nLayers, rowBytes, nCells }: RowsShape,
): Promise<StateRows[]> {
  const layers: StateRows[] = [];
  for (let layer = 0; layer < nLayers; layer += 1) {
    const found = await reader.rowsHeader();
    if (!ROW_TYPES.has(found.type)) reader.refuse("rows of type f32, f16 or bf16", `ggml type ${found.type}`);
    reader.require("row bytes", BigInt(rowBytes), found.rowBytes);
    layers.push({ type: found.type, rowBytes, offset: reader.offset });
    reader.skip(rowBytes * nCells);
  }
  return layers;
}
