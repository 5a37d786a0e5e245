import type { Chunk } from "../../document/chunk.ts";
import type { Sequence } from "../../model/language-model.ts";
import type { Reading } from "./reading.ts";

/** Whether the store has the chunk; loads it when a sequence is given. A damaged file counts as not there. */
export async function fromStore(
  chunk: Chunk,
  reading: Reading,
  sequence: Sequence | undefined,
): Promise<boolean> {
  const { store } = reading;
  const key = reading.keyOf(chunk);
  if (store === undefined || !(await store.has(key, reading.bytesOf(chunk)))) return false;
  if (sequence === undefined) return true;
  const path = await store.verify(key);
  if (path === undefined) return false;
  try {
    await sequence.load(path);
    return true;
  } catch (cause) {
    // Another process may have evicted the file while the sequence waited for its turn.
    if ((await store.verify(key)) !== undefined) throw cause;
    return false;
  }
}

/** Reads a chunk afresh into a sequence of the reader's own; true when its rows went to the store. */
export async function evaluateChunk(
  chunk: Chunk,
  reading: Reading,
  { sequence, onSlice }: { readonly sequence: Sequence; readonly onSlice: (tokens: number) => void },
): Promise<boolean> {
  await evaluateBehindPrefix(chunk.tokens, reading, { sequence, onSlice });
  const { store } = reading;
  if (store === undefined) return false;
  const bytes = reading.bytesOf(chunk);
  if (!(await store.canKeep(bytes))) return false;
  const temporary = store.temporaryPath();
  try {
    await sequence.save(temporary);
  } catch (cause) {
    await store.abandon(temporary, cause);
    return false;
  }
  return store.commit(reading.keyOf(chunk), temporary, bytes);
}

/** Makes a sequence hold [prefix][tokens], evaluated now. */
export async function evaluateBehindPrefix(
  text: Uint32Array,
  { prefix, signal }: Reading,
  { sequence, onSlice }: { readonly sequence: Sequence; readonly onSlice?: (tokens: number) => void },
): Promise<void> {
  await sequence.reset();
  const tokens = new Uint32Array(prefix.length + text.length);
  tokens.set(prefix, 0);
  tokens.set(text, prefix.length);
  await sequence.prefill(tokens, { signal, ...(onSlice === undefined ? {} : { onSlice }) });
}
