import { bytesSource } from "../state/byte-source.ts";
import { composeState } from "../state/composed-state.ts";
import { packState, type Unpacked } from "../state/packed-state.ts";
import type { StateExpectation } from "../state/state-file.ts";
import { withStreams } from "../state/state-streams.ts";
import { Scratch } from "./scratch.ts";

// The engine takes rows in and gives them out by files alone.

/** The packed state of a sequence that `save` writes to a file. Throws KvStoreError. */
export async function takeState(
  save: (path: string) => Promise<unknown>,
  expectation: StateExpectation,
): Promise<Uint8Array> {
  await using scratch = await Scratch.open();
  const path = await scratch.file(save);
  return packState(await scratch.read(path), expectation);
}

/** A sequence that takes a state in. */
export type Holder = {
  readonly sequence: { load(path: string): Promise<void> };
  /** Sequences of its context. */
  readonly nStream: number;
};

/** Makes a sequence hold a state. Throws KvStoreError for what the file system refuses. */
export async function giveState({ bytes, state }: Unpacked, { sequence, nStream }: Holder): Promise<void> {
  await using scratch = await Scratch.open();
  await sequence.load(await scratch.write(withStreams(bytes, state, nStream)));
}

/**
 * Makes a sequence hold some cells of a state, where they stand: (nPicked) their indexes. What is evaluated behind them is as if
 * the cells between were hidden from it. Throws KvStoreError.
 */
export async function giveCells(
  { bytes, state }: Unpacked,
  cells: Uint32Array,
  { sequence, nStream }: Holder,
): Promise<void> {
  await using scratch = await Scratch.open();
  const source = bytesSource(bytes, "of the store");
  const path = await scratch.file((target) =>
    composeState(target, [{ source, state, cells, offset: 0 }], { nStream }),
  );
  await sequence.load(path);
}
