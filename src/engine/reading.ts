import type { Chunk } from "../document/chunk.ts";
import { UsageError } from "../errors.ts";
import { chunkKey, settingsKey } from "../kv/key.ts";
import { stateBytes } from "../kv/state-file.ts";
import type { KvStore } from "../kv/store.ts";
import type { Model } from "../model/load.ts";
import type { Reading } from "./prefill.ts";

/** Tokens of one slice: small enough that progress moves about once a second on a laptop, large enough to cost nothing. */
export const SLICE_TOKENS = 256;

export type ReadingOptions = {
  readonly store: KvStore | undefined;
  /** Text in front of every chunk. */
  readonly prefix: string;
  readonly chunkTokens: number;
  /** The most tokens that will be evaluated behind a chunk. */
  readonly localTokens: number;
  readonly sequences: number;
  readonly signal: AbortSignal;
};

/** Opens the reader's sequences. Throws UsageError when chunk and question exceed what the model was trained for. */
export async function openReading(reader: Model, options: ReadingOptions): Promise<Reading> {
  const prefix = Uint32Array.from([...reader.beginning, ...reader.tokenize(options.prefix)]);
  const contextTokens = prefix.length + options.chunkTokens + options.localTokens + 1;
  requireTrainedContext(reader, contextTokens);
  const { metadata, backend } = reader;
  const settings = settingsKey({
    modelFingerprint: reader.fingerprint,
    engineRelease: backend.release,
    sequences: options.sequences,
    sliceTokens: SLICE_TOKENS,
    device: backend.device,
    prefixTokens: prefix,
  });
  return {
    pool: await reader.openPool({ sequences: options.sequences, contextTokens, sliceTokens: SLICE_TOKENS }),
    store: options.store,
    prefix,
    keyOf: (chunk: Chunk) => chunkKey(settings, chunk.tokens),
    bytesOf: (chunk: Chunk) => stateBytes(metadata, prefix.length + chunk.tokens.length),
    signal: options.signal,
  };
}

function requireTrainedContext(reader: Model, contextTokens: number): void {
  const trained = reader.metadata.trainedContextTokens;
  if (contextTokens <= trained) return;
  throw new UsageError(
    `a chunk and the question take ${contextTokens} tokens, but ${reader.name} was trained on ${trained}`,
    { hint: "shorten the question, or use a smaller --chunk" },
  );
}
