import { open } from "node:fs/promises";
import { type ByteSource, fileSource } from "./byte-source.ts";
import { parseState, type StateExpectation, type StateFile } from "./state-file.ts";

/** A state file whose rows can be read. */
export type OpenState = {
  readonly source: ByteSource;
  readonly state: StateFile;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Opens a state file and checks all of it but its rows. Throws KvStoreError, or what the file system throws. */
export async function openState(path: string, expectation: StateExpectation): Promise<OpenState> {
  const handle = await open(path, "r");
  try {
    const source = await fileSource(handle, path);
    const state = await parseState(source, expectation);
    return { source, state, [Symbol.asyncDispose]: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Indexes of the cells at positions from `first` on, in the order of their positions; `end` is exclusive. */
export function cellsAt(
  { positions }: StateFile,
  first: number,
  end = Number.POSITIVE_INFINITY,
): Uint32Array {
  const cells = Uint32Array.from(positions.keys()).filter((cell) => {
    const position = positions[cell] ?? -1;
    return position >= first && position < end;
  });
  return cells.sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
}
