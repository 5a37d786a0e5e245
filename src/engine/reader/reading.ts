import type { Chunk } from "../../document/chunk.ts";
import { UsageError } from "../../errors.ts";
import { packedStateBytes } from "../../kv/state/packed-state.ts";
import { f16Geometry, type StateExpectation } from "../../kv/state/state-file.ts";
import { chunkKey, settingsKey } from "../../kv/store/key.ts";
import type { KvStore } from "../../kv/store/store.ts";
import type { LanguageModel, SequencePool } from "../../model/language-model.ts";
import type { EngineListener } from "../events.ts";
import type { Contexts } from "./contexts.ts";

/** Tokens of one slice: small enough that progress moves about once a second on a laptop, large enough to cost nothing. */
export const SLICE_TOKENS = 256;

/** The reader's side of a run: where chunks are evaluated, and where their rows are kept. */
export type Reading = {
  readonly pool: SequencePool;
  /** Undefined also where the model's rows cannot be kept. */
  readonly store: KvStore | undefined;
  /** (nPrefix) tokens in front of every chunk: the shared sink, at positions 0 … nPrefix - 1. */
  readonly prefix: Uint32Array;
  /** Name of the store's folder for this model and these settings. */
  readonly settings: string;
  /** Name of a chunk's rows in the store. */
  readonly keyOf: (chunk: Chunk) => string;
  /** What a state of one of the sequences must be; undefined for a model whose rows cannot be kept. */
  readonly expectation: StateExpectation | undefined;
  /** Size in bytes of what the store keeps of a chunk, known before it is read. */
  readonly bytesOf: (chunk: Chunk) => number;
  readonly signal: AbortSignal;
  readonly onEvent: EngineListener;
};

export type ReadingOptions = {
  readonly contexts: Contexts;
  readonly store: KvStore | undefined;
  /** Text in front of every chunk. */
  readonly prefix: string;
  readonly chunkTokens: number;
  /** The most tokens that will be evaluated behind a chunk. */
  readonly localTokens: number;
  readonly sequences: number;
  readonly signal: AbortSignal;
  readonly onEvent: EngineListener;
};

/** Borrows the reader's sequences. Throws UsageError when chunk and question exceed what the model was trained for. */
export async function openReading(reader: LanguageModel, options: ReadingOptions): Promise<Reading> {
  const { contexts, store, sequences, signal, onEvent } = options;
  const prefix = prefixTokens(reader, options.prefix);
  const contextTokens = prefix.length + options.chunkTokens + options.localTokens + 1;
  requireTrainedContext(reader, contextTokens);
  const { backend, capabilities, metadata } = reader;
  const settings = settingsKey({
    modelFingerprint: reader.fingerprint,
    engineRelease: backend.release,
    sequences,
    sliceTokens: SLICE_TOKENS,
    processor: backend.processor,
    prefixTokens: prefix,
  });
  return {
    pool: await contexts.borrow(reader, { sequences, contextTokens, sliceTokens: SLICE_TOKENS }),
    store: capabilities.has("rows") ? store : undefined,
    prefix,
    settings,
    keyOf: keysOf(settings),
    expectation: capabilities.has("rows")
      ? { ...f16Geometry(metadata), nStream: sequences, capacityCells: contextTokens }
      : undefined,
    bytesOf: ({ tokens }) => {
      if (!capabilities.has("rows")) return 0;
      return packedStateBytes(metadata, { nTokens: prefix.length + tokens.length, nStream: sequences });
    },
    signal,
    onEvent,
  };
}

/** A chunk's tokens are hashed once. */
function keysOf(settings: string): (chunk: Chunk) => string {
  const keys = new WeakMap<Chunk, string>();
  return (chunk) => {
    const key = keys.get(chunk) ?? chunkKey(settings, chunk.tokens);
    keys.set(chunk, key);
    return key;
  };
}

/** (nPrefix) what stands in front of every chunk. */
export function prefixTokens(reader: LanguageModel, prefix: string): Uint32Array {
  return Uint32Array.from([...reader.beginning, ...reader.tokenize(prefix)]);
}

function requireTrainedContext(reader: LanguageModel, contextTokens: number): void {
  const trained = reader.metadata.trainedContextTokens;
  if (contextTokens <= trained) return;
  throw new UsageError(
    `a chunk and the question take ${contextTokens} tokens, but ${reader.name} was trained on ${trained}`,
    { hint: "shorten the question, or use a smaller --chunk" },
  );
}
