import type { Chunk } from "../../document/chunk.ts";
import { KvStoreError } from "../../errors.ts";
import { type Room, type Unpacked, unpackState } from "../../kv/state/packed-state.ts";
import { giveState, takeState } from "../../kv/store/transfer.ts";
import type { Sequence } from "../../model/language-model.ts";
import type { Reading } from "./reading.ts";

/** Whether the store has the chunk; loads it when a sequence is given. A damaged file counts as not there. */
export async function fromStore(
  chunk: Chunk,
  { store, keyOf, bytesOf, expectation }: Reading,
  sequence: Sequence | undefined,
): Promise<boolean> {
  if (store === undefined || expectation === undefined) return false;
  const key = keyOf(chunk);
  if (sequence === undefined && (await store.has(key, bytesOf(chunk)))) {
    await store.touch(key);
    return true;
  }
  const state = await storedState(chunk, { store, keyOf, expectation });
  if (state === undefined) return false;
  if (sequence !== undefined) await giveState(state, { sequence, nStream: expectation.nStream });
  return true;
}

/** A chunk's rows from the store; undefined where it has none. A damaged file counts as not there. */
export async function storedState(
  chunk: Chunk,
  { store, keyOf, expectation }: Pick<Reading, "store" | "keyOf" | "expectation">,
  room?: Room,
): Promise<Unpacked | undefined> {
  if (store === undefined || expectation === undefined) return undefined;
  const key = keyOf(chunk);
  const packed = await store.load(key);
  if (packed === undefined) return undefined;
  try {
    return await unpackState(packed, expectation, room);
  } catch (cause) {
    if (!(cause instanceof KvStoreError)) throw cause;
    await store.reject(key, cause.message);
    return undefined;
  }
}

/** A chunk that was read: whether its rows went to the store, and these rows, where the model's can be kept. */
export type Evaluated = { readonly isKept: boolean; readonly packed: Uint8Array | undefined };

type Evaluation = { readonly sequence: Sequence; readonly onSlice: (tokens: number) => void };

/**
 * Reads a chunk afresh. `sequence` has rows then that nobody may use: what is evaluated behind a chunk stands behind rows
 * as the store keeps them, whether they come from there or not, so that answers are the same. Rows of a model that cannot
 * keep any stay in `sequence`.
 */
export async function evaluateChunk(
  chunk: Chunk,
  reading: Reading,
  { sequence, onSlice }: Evaluation,
): Promise<Evaluated> {
  const { store, expectation } = reading;
  await evaluateBehindPrefix(chunk.tokens, reading, { sequence, onSlice });
  if (expectation === undefined) return { isKept: false, packed: undefined };
  const packed = await takeState((path) => sequence.save(path), expectation);
  const isKept = (await store?.keep(reading.keyOf(chunk), packed)) ?? false;
  return { isKept, packed };
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
