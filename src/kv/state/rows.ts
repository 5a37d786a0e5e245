import type { ByteSource } from "./byte-source.ts";
import type { StateRows } from "./state-file.ts";

/** Some cells of a file's rows. */
export type RowPick = {
  readonly source: ByteSource;
  readonly rows: StateRows;
  /** (nPicked) indexes of cells in the file, in any order. */
  readonly cells: Uint32Array;
};

/**
 * Reads picked rows of several files, one behind the other: (sum of nPicked, rowBytes) u8. Only the picked bytes are
 * read, neighbouring cells at once. All rows must be of the same width. Throws KvStoreError when a file became shorter.
 */
export async function readRows(picks: readonly RowPick[]): Promise<Uint8Array> {
  const total = picks.reduce((sum, { rows, cells }) => sum + cells.length * rows.rowBytes, 0);
  const target = new Uint8Array(total);
  let done = 0;
  for (const { source, rows, cells } of picks) {
    for (const [first, end] of runs(cells)) {
      const bytes = (end - first) * rows.rowBytes;
      await source.readInto(target.subarray(done, done + bytes), rows.offset + first * rows.rowBytes);
      done += bytes;
    }
  }
  return target;
}

/** Runs of consecutive indexes, [first, end), in the order given. */
function runs(cells: Uint32Array): [number, number][] {
  const found: [number, number][] = [];
  for (const cell of cells) {
    const last = found.at(-1);
    if (last?.[1] === cell) last[1] = cell + 1;
    else found.push([cell, cell + 1]);
  }
  return found;
}
