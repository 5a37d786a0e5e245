import type { Chunk } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import { type EngineInput, modelInfo, type ReadOptions } from "./options.ts";
import { missingChunks, stateBytesOf } from "./reader/missing-chunks.ts";
import { openReading, type Reading, SLICE_TOKENS } from "./reader/reading.ts";
import { totalTokens } from "./receipt/coverage.ts";
import type { ReadPlan } from "./results.ts";

/** What a read would be, without doing it; the rate is measured with one slice of the document. */
export async function planRead(input: EngineInput, options: ReadOptions): Promise<ReadPlan> {
  const { reader, prompts, chunkTokens } = options;
  const { documents, skipped } = input.corpus;
  const chunks = await input.corpus.chunks(reader, chunkTokens);
  const reading = await openReading(reader, { ...options, prefix: prompts.prefix, localTokens: 0 });
  await using _pool = reading.pool;
  const missing = await missingChunks(chunks, reading);
  const tokensPerSecond = await measureRate(chunks, reading, Math.min(SLICE_TOKENS, chunkTokens));
  return {
    documents: perDocument(documents, chunks, new Set(missing)),
    pages: documents.reduce((sum, source) => sum + source.pages.length, 0),
    tokens: totalTokens(chunks),
    chunks: chunks.length,
    storedChunks: chunks.length - missing.length,
    bytes: stateBytesOf(missing, reading),
    roomBytes: (await reading.store?.room())?.roomBytes ?? 0,
    tokensPerSecond,
    seconds: totalTokens(missing) / tokensPerSecond,
    models: { reader: modelInfo(reader) },
    skipped,
    settings: options.settings,
  };
}

function perDocument(
  documents: readonly Document[],
  chunks: readonly Chunk[],
  missing: ReadonlySet<Chunk>,
): ReadPlan["documents"] {
  return documents.map((source, document) => {
    const own = chunks.filter((chunk) => chunk.document === document);
    return {
      path: source.path,
      pages: source.pages.length,
      tokens: totalTokens(own),
      chunks: own.length,
      storedChunks: own.filter((chunk) => !missing.has(chunk)).length,
    };
  });
}

/** Tokens a second of a prefill of at most `most` on this machine, now. The first tokens warm up and do not count. */
async function measureRate(
  chunks: readonly Chunk[],
  { pool, signal }: Reading,
  most: number,
): Promise<number> {
  const first = chunks.slice(0, 4).flatMap((chunk) => [...chunk.tokens]);
  const sample = Uint32Array.from(first).subarray(0, most);
  const [rate] = await pool.run([sample], async (tokens, sequence) => {
    await sequence.reset();
    await sequence.prefill(tokens.subarray(0, 16), { signal });
    await sequence.settle();
    await sequence.reset();
    const startMs = performance.now();
    await sequence.prefill(tokens, { signal });
    await sequence.settle();
    return (tokens.length / (performance.now() - startMs)) * 1000;
  });
  return rate ?? 1;
}
