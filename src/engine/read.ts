import type { Chunk } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import { cutDocuments } from "../texts/cut-documents.ts";
import { type EngineInput, modelInfo, type ReadOptions } from "./options.ts";
import { announceSize, missingChunks } from "./reader/missing-chunks.ts";
import { type PrefillResult, prefill, type Visit } from "./reader/prefill.ts";
import { openReading, type Reading } from "./reader/reading.ts";
import { recordRead } from "./reader/record.ts";
import { coverage, totalTokens } from "./receipt/coverage.ts";
import { StageProgress } from "./receipt/stage-progress.ts";
import type { ReadResult } from "./results.ts";

/** Reads the documents and fills the store; no question is asked. */
export async function readDocuments(input: EngineInput, options: ReadOptions): Promise<ReadResult> {
  const startMs = performance.now();
  const { reader, prompts, chunkTokens } = options;
  const chunks = await cutDocuments(input.documents, reader, chunkTokens);
  const reading = await openReading(reader, { ...options, prefix: prompts.prefix, localTokens: 0 });
  await using _pool = reading.pool;
  const { progress, keptBytes, dropped, counts } = await readAll(chunks, reading, {
    ...options,
    documents: input.documents,
    visits: new Map(),
    // Only what is in the store counts here: filling it is the purpose.
    again: true,
    areAll: true,
  });
  const readMs = performance.now() - startMs;
  return {
    coverage: coverage({ ...input, chunks, searched: 0, condensed: 0, counts }),
    tokens: { computed: { read: progress.evaluatedTokens }, reused: progress.reusedTokens },
    timings: { loadMs: input.loadMs, readMs, totalMs: readMs + input.loadMs },
    models: { reader: modelInfo(reader) },
    store: { keptBytes, droppedChunks: dropped },
    settings: options.settings,
  };
}

export type ReadAllOptions = Pick<ReadOptions, "reader" | "onEvent"> & {
  readonly documents: readonly Document[];
  readonly visits: ReadonlyMap<Chunk, Visit>;
  /** Says the size also of what an earlier run has read without being able to keep it. */
  readonly again: boolean;
  /** Whether these are all chunks of the documents. */
  readonly areAll: boolean;
};

export type ReadAllResult = PrefillResult & { readonly progress: StageProgress };

/** Reads chunks, says the size of the work before, and notes afterwards that it was done. */
export async function readAll(
  chunks: readonly Chunk[],
  reading: Reading,
  options: ReadAllOptions,
): Promise<ReadAllResult> {
  const { documents, visits, again, areAll, reader, onEvent } = options;
  const readBefore = again
    ? new Set<string>()
    : await (reading.store?.readBefore(reading.settings) ?? new Set<string>());
  const missing = (await missingChunks(chunks, reading)).filter(
    (chunk) => !readBefore.has(reading.keyOf(chunk)),
  );
  await announceSize(missing, reading, onEvent);
  const progress = new StageProgress("read", totalTokens(chunks), onEvent);
  const result = await prefill(chunks, reading, { progress, visits });
  await recordRead({ documents, chunks, model: reader.name, areAll }, reading);
  return { ...result, progress };
}
