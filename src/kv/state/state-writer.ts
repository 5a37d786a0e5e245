import { open } from "node:fs/promises";
import { KvStoreError } from "../../errors.ts";
import { writeWhole } from "../../fs/write-whole.ts";
import {
  BLOCK_BYTES,
  CELL_BYTES,
  COUNT_BYTES,
  ROWS_HEADER_BYTES,
  START_BYTES,
  STATE_MAGIC,
  STATE_VERSION,
  TOKEN_BYTES,
} from "./state-layout.ts";

/** One layer's rows while they are written. */
export type RowsToWrite = {
  /** ggml_type of the elements. */
  readonly type: number;
  readonly rowBytes: number;
  /** (nCells, rowBytes) u8; called once, when they are due, so that only one layer is in memory. */
  readonly read: () => Promise<Uint8Array>;
};

export type StateToWrite = {
  /** (nTokens) token ids by position; as many as the highest position + 1. */
  readonly tokens: Uint32Array;
  /** Sequences of the context that will load the file, and which of them was saved. */
  readonly nStream: number;
  readonly stream: number;
  /** (nCells) position of each cell, in the order of the rows. */
  readonly positions: Uint32Array;
  /** (nLayers) K after RoPE. */
  readonly keys: readonly RowsToWrite[];
  /** (nLayers) */
  readonly values: readonly RowsToWrite[];
};

/**
 * Writes a state file as llama.cpp does, byte for byte, to a name that is not taken; returns its size in bytes. It is
 * not forced to the disk: these files live for one load. Throws KvStoreError, or what the file system throws.
 */
export async function writeState(path: string, state: StateToWrite): Promise<number> {
  const handle = await open(path, "wx");
  try {
    await writeWhole(handle, head(state));
    for (const rows of [...state.keys, ...state.values]) {
      await writeWhole(handle, rowsHeader(rows));
      await writeWhole(handle, await readChecked(rows, state.positions.length));
    }
    await writeWhole(handle, Buffer.alloc(COUNT_BYTES * (state.nStream - state.stream - 1)));
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

/** All in front of the rows: see state-layout.ts. */
function head({ tokens, nStream, stream, positions, keys }: StateToWrite): Buffer {
  const counts = COUNT_BYTES * (2 + stream);
  const size =
    START_BYTES + TOKEN_BYTES * tokens.length + counts + CELL_BYTES * positions.length + BLOCK_BYTES;
  const bytes = Buffer.alloc(size);
  let offset = 0;
  const put = (value: number): void => {
    offset = bytes.writeUInt32LE(value, offset);
  };
  for (const value of [STATE_MAGIC, STATE_VERSION, tokens.length]) put(value);
  for (const token of tokens) put(token);
  put(nStream);
  // The streams in front of this one have no cells.
  offset += COUNT_BYTES * stream;
  put(positions.length);
  for (const position of positions) for (const value of [position, 1, stream]) put(value);
  for (const value of [0, keys.length]) put(value);
  return bytes;
}

function rowsHeader({ type, rowBytes }: RowsToWrite): Buffer {
  const bytes = Buffer.alloc(ROWS_HEADER_BYTES);
  bytes.writeInt32LE(type, 0);
  bytes.writeBigUInt64LE(BigInt(rowBytes), 4);
  return bytes;
}

async function readChecked({ read, rowBytes }: RowsToWrite, nCells: number): Promise<Uint8Array> {
  const rows = await read();
  if (rows.byteLength === nCells * rowBytes) return rows;
  throw new KvStoreError(
    `state to write: wanted ${nCells} rows of ${rowBytes} bytes, found ${rows.byteLength} bytes`,
  );
}
