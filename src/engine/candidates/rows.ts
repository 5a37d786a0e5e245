import { ModelError } from "../../errors.ts";
import { composeState } from "../../kv/state/composed-state.ts";
import { cellsAt, openState } from "../../kv/state/open-state.ts";
import type { RopeParams } from "../../kv/state/rope.ts";
import { f16Geometry, type StateExpectation, stateBytes } from "../../kv/state/state-file.ts";
import type { Scratch } from "../../kv/store/scratch.ts";
import type { LanguageModel, Sequence, SequencePool } from "../../model/language-model.ts";

/** What a chunk's candidates are made with. */
export type RowMaker = {
  readonly model: LanguageModel;
  /** Sequences of the context that has the adapter: as many as that of the chunks, and as long. */
  readonly tuned: SequencePool;
  readonly scratch: Scratch;
  readonly perChunk: number;
  readonly nStream: number;
  readonly contextTokens: number;
  readonly signal: AbortSignal;
};

/**
 * Computes the candidate tokens of the chunk that `sequence` holds (FocusLLM, arXiv 2408.11745, section 2.2): the dynamic
 * prompt with the model's own weights, its last `perChunk` tokens with the adapter's. Returns a state file in the
 * scratch folder that has their K and V alone, at the positions where they were computed. The sequence holds the chunk
 * again afterwards.
 */
export async function makeRows(sequence: Sequence, prompt: Uint32Array, maker: RowMaker): Promise<string> {
  const { model, tuned, scratch, perChunk, nStream, contextTokens, signal } = maker;
  const held = sequence.length;
  const expectation = expectationOf(model, { nStream, contextTokens });
  await sequence.prefill(prompt.subarray(0, prompt.length - perChunk), { signal });
  const first = sequence.length;
  const before = await scratch.file((path) => sequence.save(path));
  await sequence.truncate(held);
  const after = await tuned.lend(async (candidate) => {
    await loadChecked(candidate, before, expectation);
    await candidate.prefill(prompt.subarray(prompt.length - perChunk), { signal });
    return scratch.file((path) => candidate.save(path));
  });
  await using file = await openState(after, expectation);
  const cells = cellsAt(file.state, first);
  const rows = await scratch.file((path) =>
    composeState(path, [{ ...file, cells, offset: 0 }], { rope: requireRope(model), nStream: 1 }),
  );
  for (const path of [before, after]) await scratch.remove(path);
  return rows;
}

/** Size in bytes of what `makeRows` returns. */
export function rowsBytes(
  model: LanguageModel,
  { nTokens, perChunk }: { nTokens: number; perChunk: number },
): number {
  return stateBytes(model.metadata, nTokens, { nCells: perChunk, nStream: 1 });
}

/** Loads a state after all of it but its rows was checked: a truncated one would abort the process. */
export async function loadChecked(
  sequence: Sequence,
  path: string,
  expectation: StateExpectation,
): Promise<void> {
  const file = await openState(path, expectation);
  await file[Symbol.asyncDispose]();
  await sequence.load(path);
}

export function expectationOf(
  { metadata }: LanguageModel,
  { nStream, contextTokens }: { readonly nStream: number; readonly contextTokens: number },
): StateExpectation {
  return { ...f16Geometry(metadata), nStream, capacityCells: contextTokens };
}

/** Throws ModelError for a model whose rows cannot be moved to other positions. */
export function requireRope({ name, metadata: { rope, ropeScaling } }: LanguageModel): RopeParams {
  if (rope !== undefined && rope.yarn !== true) return rope;
  throw new ModelError(`${name} scales positions by "${ropeScaling}": its candidate tokens cannot be moved`, {
    hint: "use --condenser likelihood",
  });
}
