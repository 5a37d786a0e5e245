import { KvStoreError } from "../../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { type RopeParams, type Rotation, rotateKeys, rotation } from "./rope.ts";
import { readRows } from "./rows.ts";
import type { StateFile, StateRows } from "./state-file.ts";
import { F16 } from "./state-layout.ts";
import { type RowsToWrite, writeState } from "./state-writer.ts";

/** Cells of one stored state, and by how many positions they move. */
export type Piece = {
  readonly source: ByteSource;
  /** What `parseState` found in `source`. */
  readonly state: StateFile;
  /** (nPicked) indexes of the cells to take; their order does not matter to attention. */
  readonly cells: Uint32Array;
  /** Added to their positions; 0 = they stay, and their bytes with them. */
  readonly offset: number;
};

export type ComposeOptions = {
  /** Needed where cells move. */
  readonly rope?: RopeParams | undefined;
  /** Sequences of the context that will load the file. */
  readonly nStream: number;
};

export type Composed = {
  readonly bytes: number;
  readonly nCells: number;
  /** The highest position + 1: where evaluation goes on. */
  readonly nTokens: number;
};

/**
 * Writes one state made of cells of several: K rotated to the new positions, V as it is. Positions may have gaps and
 * may repeat; llama.cpp attends to all cells. One layer is in memory at a time. Throws KvStoreError when pieces do not
 * belong together, when a position would be negative, and when K that must move is not f16 or of a YaRN model.
 *
 * Approximate: rows were computed without what now stands before them.
 */
export async function composeState(
  path: string,
  pieces: readonly Piece[],
  { rope, nStream }: ComposeOptions,
): Promise<Composed> {
  const places = placeCells(pieces);
  const turns = pieces.map(({ offset }) => turnBy(offset, rope));
  const layers = Array.from({ length: commonLayers(pieces) }, (_, layer) => layer);
  const keys = layers.map((layer) => composeRows(pieces, ({ keys }) => keys[layer], turns));
  const values = layers.map((layer) => composeRows(pieces, ({ values }) => values[layer], []));
  const bytes = await writeState(path, { ...places, nStream, stream: 0, keys, values });
  return { bytes, nCells: places.positions.length, nTokens: places.tokens.length };
}

function turnBy(offset: number, rope: RopeParams | undefined): Rotation | undefined {
  if (offset === 0) return undefined;
  if (rope === undefined) throw new KvStoreError("composed state: wanted how K is rotated, found nothing");
  return rotation(rope, offset);
}

type Places = {
  /** (highest position + 1) token ids; 0 in gaps: llama.cpp only counts them. */
  readonly tokens: Uint32Array;
  /** (nCells) */
  readonly positions: Uint32Array;
};

function placeCells(pieces: readonly Piece[]): Places {
  const cells = pieces.flatMap(({ state, cells, offset }) =>
    Array.from(cells, (cell) => {
      const position = state.positions[cell];
      if (position === undefined) throw new KvStoreError(`composed state: wanted cell ${cell}, found none`);
      if (position + offset < 0) {
        throw new KvStoreError(`composed state: wanted positions from 0 on, found ${position + offset}`);
      }
      return { position: position + offset, token: state.tokens[position] ?? 0 };
    }),
  );
  const tokens = new Uint32Array(cells.reduce((next, { position }) => Math.max(next, position + 1), 0));
  for (const { position, token } of cells) tokens[position] = token;
  return { tokens, positions: Uint32Array.from(cells, ({ position }) => position) };
}

function commonLayers(pieces: readonly Piece[]): number {
  const counts = new Set(pieces.map(({ state }) => state.keys.length));
  const [nLayers] = counts;
  if (nLayers !== undefined && counts.size === 1) return nLayers;
  throw new KvStoreError(
    `composed state: wanted pieces of one model, found ${[...counts].join(", ")} layers`,
  );
}

/** One layer's K or V of all pieces; `turns` has the rotation of each piece, or nothing for V. */
function composeRows(
  pieces: readonly Piece[],
  rowsOf: (state: StateFile) => StateRows | undefined,
  turns: readonly (Rotation | undefined)[],
): RowsToWrite {
  const picks = pieces.flatMap(({ source, state, cells }) => {
    const rows = rowsOf(state);
    return rows === undefined ? [] : [{ source, rows, cells }];
  });
  const [first] = picks;
  if (first === undefined) throw new KvStoreError("composed state: wanted rows, found none");
  const { type, rowBytes } = first.rows;
  for (const { rows } of picks) {
    if (rows.type === type && rows.rowBytes === rowBytes) continue;
    throw new KvStoreError(
      `composed state: wanted rows of ggml type ${type} and ${rowBytes} bytes, found ${rows.type} and ${rows.rowBytes}`,
    );
  }
  if (type !== F16 && turns.some((turn) => turn !== undefined)) {
    throw new KvStoreError(`composed state: wanted f16 rows to rotate, found ggml type ${type}`);
  }
  const read = async (): Promise<Uint8Array> => {
    const rows = await readRows(picks);
    let start = 0;
    for (const [i, { cells }] of pieces.entries()) {
      const end = start + cells.length * rowBytes;
      const turn = turns[i];
      if (turn !== undefined) rotateKeys(rows.subarray(start, end), turn);
      start = end;
    }
    return rows;
  };
  return { type, rowBytes, read };
}
