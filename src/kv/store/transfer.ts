import { packState, unpackState } from "../state/packed-state.ts";
import type { StateExpectation } from "../state/state-file.ts";
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

/** Has `load` make a sequence hold a state, which was unpacked and checked, from a file. */
export type Giving = (load: (path: string) => Promise<void>) => Promise<void>;

/** Throws KvStoreError for bytes that `takeState` cannot have made; giving throws it for what the file system refuses. */
export async function giveState(packed: Uint8Array, expectation: StateExpectation): Promise<Giving> {
  const { bytes } = await unpackState(packed, expectation);
  return async (load) => {
    await using scratch = await Scratch.open();
    await load(await scratch.write(bytes));
  };
}
