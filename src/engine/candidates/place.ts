import { composeState, type Piece } from "../../kv/state/composed-state.ts";
import { cellsAt, type OpenState, openState } from "../../kv/state/open-state.ts";
import type { Scratch } from "../../kv/store/scratch.ts";
import type { LanguageModel } from "../../model/language-model.ts";
import { expectationOf, requireRope } from "./rows.ts";

/** Consecutive rows in a state file. */
export type Rows = {
  readonly path: string;
  /** Their positions in it start here; absent: all that it has. */
  readonly from?: number;
  /** Sequences of the context that it was written for. */
  readonly nStream: number;
};

export type Placing = {
  readonly model: LanguageModel;
  readonly scratch: Scratch;
  /** The most cells that any of the files has. */
  readonly capacityCells: number;
};

export type Placed = Rows & { readonly nTokens: number };

/** So many files are open at once: far below what systems allow. */
const GROUP_FILES = 64;

/**
 * Writes one state, for a context of one sequence, that has these rows at consecutive positions from 0 on, in this order:
 * [prefix][candidates][chosen runs]. K is moved once, from where it was computed to where it stands now. In memory is one
 * layer of a group of files; on disk, twice the result.
 */
export async function placeRows(pieces: readonly Rows[], placing: Placing): Promise<Placed> {
  const groups: Rows[] = [];
  let nTokens = 0;
  for (let i = 0; i < pieces.length; i += GROUP_FILES) {
    const group = await compose(pieces.slice(i, i + GROUP_FILES), nTokens, placing);
    groups.push(group);
    nTokens = group.nTokens;
  }
  const [only] = groups;
  if (only !== undefined && groups.length === 1) return { ...only, nTokens };
  const all = await compose(groups, 0, placing);
  for (const { path } of groups) await placing.scratch.remove(path);
  return all;
}

/** The rows of some files at positions from `start` on. */
async function compose(
  pieces: readonly Rows[],
  start: number,
  { model, scratch, capacityCells }: Placing,
): Promise<Placed> {
  const files: OpenState[] = [];
  const placed: Piece[] = [];
  let at = start;
  try {
    for (const { path, from = 0, nStream } of pieces) {
      const file = await openState(path, expectationOf(model, { nStream, contextTokens: capacityCells }));
      files.push(file);
      const cells = cellsAt(file.state, from);
      const first = file.state.positions[cells[0] ?? -1] ?? 0;
      placed.push({ ...file, cells, offset: at - first });
      at += cells.length;
    }
    const options = { rope: requireRope(model), nStream: 1 };
    const path = await scratch.file((target) => composeState(target, placed, options));
    return { path, nStream: 1, nTokens: at };
  } finally {
    for (const file of files) await file[Symbol.asyncDispose]();
  }
}
