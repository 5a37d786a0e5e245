import type { Chunk } from "../../document/chunk.ts";
import { KvStoreError } from "../../errors.ts";
import { giveState, takeState } from "../../kv/store/transfer.ts";
import type { Sequence } from "../../model/sequence.ts";
import type { ChunkCounts } from "../receipt/coverage.ts";
import type { StageProgress } from "../receipt/stage-progress.ts";
import type { Reading } from "./reading.ts";

/** What is done with a chunk while a sequence holds it. */
export type Visit = (sequence: Sequence) => Promise<void>;

/** A later stage's own work on chunks while a sequence holds them. */
export type ChunkVisits = {
  /** The most tokens that it evaluates behind a chunk. */
  readonly localTokens: number;
  readonly visits: (reading: Reading) => Promise<ReadonlyMap<Chunk, Visit>>;
};

export type PrefillOptions = {
  readonly progress: StageProgress;
  /** Called for the chunks it has an entry for, in the pass that reads them: nothing is loaded or read twice. */
  readonly visits: ReadonlyMap<Chunk, Visit>;
};

export type PrefillResult = {
  /** Size of these chunks' files in the store. */
  readonly keptBytes: number;
  /** Chunks whose rows the store does not have: it had no room for them. */
  readonly dropped: number;
  readonly counts: ChunkCounts;
};

/** What became of one chunk. */
type Outcome = "stored" | "kept" | "dropped";

/**
 * Reads all chunks: [prefix][chunk] from position 0, several sequences of one context at once, in input order. Rows
 * that are in the store already cost nothing; fresh rows go there as far as it has room.
 */
export async function prefill(
  chunks: readonly Chunk[],
  reading: Reading,
  options: PrefillOptions,
): Promise<PrefillResult> {
  let [keptBytes, dropped, read, stored, tokens] = [0, 0, 0, 0, 0];
  await reading.pool.run(chunks, async (chunk, sequence) => {
    const outcome = await readChunk(chunk, reading, { ...options, sequence });
    if (outcome === "dropped") dropped += 1;
    else keptBytes += reading.bytesOf(chunk);
    if (outcome === "stored") stored += 1;
    else read += 1;
    tokens += chunk.tokens.length;
  });
  return { keptBytes, dropped, counts: { read, stored, tokens } };
}

type ChunkOptions = PrefillOptions & { readonly sequence: Sequence };

async function readChunk(chunk: Chunk, reading: Reading, options: ChunkOptions): Promise<Outcome> {
  const { progress, visits, sequence } = options;
  reading.signal.throwIfAborted();
  const visit = visits.get(chunk);
  if (await fromStore(chunk, reading, visit === undefined ? undefined : sequence)) {
    progress.reused(chunk.tokens.length);
    await visit?.(sequence);
    return "stored";
  }
  const { isKept, give } = await evaluateChunk(chunk, reading, { sequence, progress });
  if (visit !== undefined) {
    await give(sequence);
    await visit(sequence);
  }
  return isKept ? "kept" : "dropped";
}

/** Whether the store has the chunk; loads it when a sequence is given. A damaged file counts as not there. */
export async function fromStore(
  chunk: Chunk,
  { store, keyOf, bytesOf, expectation }: Reading,
  sequence: Sequence | undefined,
): Promise<boolean> {
  if (store === undefined) return false;
  const key = keyOf(chunk);
  if (sequence === undefined && (await store.has(key, bytesOf(chunk)))) {
    await store.touch(key);
    return true;
  }
  const packed = await store.load(key);
  if (packed === undefined) return false;
  const giving = await giveState(packed, expectation).catch(async (cause: unknown) => {
    if (!(cause instanceof KvStoreError)) throw cause;
    await store.reject(key, cause.message);
  });
  if (giving === undefined) return false;
  if (sequence !== undefined) await giving((path) => sequence.load(path));
  return true;
}

type Evaluation = { readonly sequence: Sequence; readonly progress: StageProgress };

/** A chunk that was read: whether its rows went to the store, and what makes a sequence hold them. */
export type Evaluated = {
  readonly isKept: boolean;
  readonly give: (sequence: Sequence) => Promise<void>;
};

/**
 * Reads a chunk afresh. `sequence` has rows then that nobody may use: what is evaluated behind a chunk stands behind rows
 * as the store keeps them, whether they come from there or not, so that answers are the same.
 */
export async function evaluateChunk(
  chunk: Chunk,
  reading: Reading,
  { sequence, progress }: Evaluation,
): Promise<Evaluated> {
  const { prefix, store, signal, expectation } = reading;
  await sequence.reset();
  const tokens = new Uint32Array(prefix.length + chunk.tokens.length);
  tokens.set(prefix, 0);
  tokens.set(chunk.tokens, prefix.length);
  await sequence.prefill(tokens, { signal, onSlice: (count) => progress.evaluated(count) });
  const packed = await takeState((path) => sequence.save(path), expectation);
  const isKept = (await store?.keep(reading.keyOf(chunk), packed)) ?? false;
  const give = async (target: Sequence): Promise<void> => {
    const giving = await giveState(packed, expectation);
    await giving((path) => target.load(path));
  };
  return { isKept, give };
}
