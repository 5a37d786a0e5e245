import { type EngineInput, modelInfo, type ReadOptions } from "./options.ts";
import { ChunkReader } from "./reader/chunk-reader.ts";
import { stateBytesOf } from "./reader/missing-chunks.ts";
import { coverage, totalTokens } from "./receipt/coverage.ts";
import { StageProgress } from "./receipt/stage-progress.ts";
import type { ReadResult } from "./results.ts";

/** Reads the documents and fills the store; no question is asked. */
export async function readDocuments(input: EngineInput, options: ReadOptions): Promise<ReadResult> {
  const startMs = performance.now();
  const { reader, prompts, chunkTokens, onEvent } = options;
  const { documents, skipped } = input.corpus;
  const chunks = await input.corpus.chunks(reader, chunkTokens);
  await using own = await ChunkReader.open(reader, { ...options, prefix: prompts.prefix, localTokens: 0 });
  await own.announce(chunks, onEvent);
  await own.fill(chunks, new StageProgress("read", totalTokens(chunks), onEvent));
  await own.record({ documents, chunks, model: reader.name, all: chunks });
  const { counts, tokens, inStore } = own.counter;
  const { read, reused } = tokens;
  const isKept = reader.capabilities.has("rows");
  if (!isKept)
    onEvent({ kind: "notice", message: `${reader.name} keeps what it has read in its server's cache` });
  const readMs = performance.now() - startMs;
  return {
    coverage: coverage({ documents, skipped, chunks, searched: 0, condensed: 0, counts }),
    tokens: { computed: { read }, reused },
    timings: { loadMs: input.loadMs, readMs, totalMs: readMs + input.loadMs },
    models: { reader: modelInfo(reader) },
    store: {
      keptBytes: stateBytesOf(inStore.chunks, own.reading),
      droppedChunks: isKept ? inStore.dropped : 0,
    },
    settings: options.settings,
  };
}
