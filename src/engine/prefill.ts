import type { Chunk } from "../document/chunk.ts";
import type { KvStore } from "../kv/store.ts";
import type { SequencePool } from "../model/pool.ts";
import type { Sequence } from "../model/sequence.ts";
import type { StageProgress } from "./progress.ts";

/** The reader's side of a run: where chunks are evaluated, and where their rows are kept. */
export type Reading = {
  readonly pool: SequencePool;
  readonly store: KvStore | undefined;
  /** (nPrefix) tokens in front of every chunk: the shared sink, at positions 0 … nPrefix - 1. */
  readonly prefix: Uint32Array;
  /** Name of a chunk's rows in the store. */
  readonly keyOf: (chunk: Chunk) => string;
  /** Size of a chunk's state file in bytes, known before it is written. */
  readonly bytesOf: (chunk: Chunk) => number;
  readonly signal: AbortSignal;
};

/** What is done with a chunk while a sequence holds it. */
export type Visit = (chunk: Chunk, sequence: Sequence) => Promise<void>;

export type PrefillResult = {
  /** Chunks that are in the store now. */
  readonly kept: number;
  /** Chunks that were read but did not fit into the store. */
  readonly dropped: number;
};

/**
 * Reads all chunks: [prefix][chunk] from position 0, several sequences of one context at once, in input order. Rows
 * that are in the store already cost nothing; fresh rows go there as far as it has room. `visits` is called for the
 * chunks it has an entry for, in the pass that reads them, so that nothing is loaded or read twice.
 */
export async function prefill(
  chunks: readonly Chunk[],
  reading: Reading,
  { progress, visits }: { progress: StageProgress; visits: ReadonlyMap<Chunk, Visit> },
): Promise<PrefillResult> {
  let kept = 0;
  let dropped = 0;
  await reading.pool.run(chunks, async (chunk, sequence) => {
    reading.signal.throwIfAborted();
    const visit = visits.get(chunk);
    const found = await fromStore(chunk, reading, visit === undefined ? undefined : sequence);
    if (found) progress.reused(chunk.tokens.length);
    const isKept = found || (await evaluate(chunk, reading, { sequence, progress }));
    if (isKept) kept += 1;
    else dropped += 1;
    await visit?.(chunk, sequence);
  });
  return { kept, dropped };
}

/** Whether the store has the chunk; loads it when a sequence is given. A damaged file counts as not there. */
async function fromStore(chunk: Chunk, reading: Reading, sequence: Sequence | undefined): Promise<boolean> {
  const { store } = reading;
  const key = reading.keyOf(chunk);
  if (store === undefined || !(await store.has(key, reading.bytesOf(chunk)))) return false;
  if (sequence === undefined) return true;
  const path = await store.verify(key);
  if (path === undefined) return false;
  await sequence.load(path);
  return true;
}

type Evaluation = { readonly sequence: Sequence; readonly progress: StageProgress };

/** Reads a chunk afresh; true when its rows went to the store. */
async function evaluate(chunk: Chunk, reading: Reading, { sequence, progress }: Evaluation): Promise<boolean> {
  const { prefix, store, signal } = reading;
  await sequence.reset();
  const tokens = new Uint32Array(prefix.length + chunk.tokens.length);
  tokens.set(prefix, 0);
  tokens.set(chunk.tokens, prefix.length);
  await sequence.prefill(tokens, { signal, onSlice: (count) => progress.evaluated(count) });
  const bytes = reading.bytesOf(chunk);
  if (store === undefined || !(await store.canKeep(bytes))) return false;
  const temporary = store.temporaryPath();
  await sequence.save(temporary);
  return store.commit(reading.keyOf(chunk), temporary, bytes);
}
