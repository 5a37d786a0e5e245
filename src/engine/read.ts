import { type Chunk, chunkDocument } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import { InputError } from "../errors.ts";
import type { ReadPlan, ReadResult } from "./answer.ts";
import { coverage } from "./coverage.ts";
import { type EngineInput, modelInfo, type ReadOptions } from "./options.ts";
import { prefill, type Reading } from "./prefill.ts";
import { StageProgress } from "./progress.ts";
import { openReading, SLICE_TOKENS } from "./reading.ts";

/** Cuts all documents with the reader's tokenizer. Throws InputError when there is nothing to cut. */
export function cut(documents: readonly Document[], { reader, chunkTokens }: ReadOptions): Chunk[] {
  const tokenize = (text: string): Uint32Array => reader.tokenize(text);
  const chunks = documents.flatMap((source, document) => chunkDocument(source, { document, chunkTokens, tokenize }));
  if (chunks.length === 0) throw new InputError("the documents have no text");
  return chunks;
}

export function totalTokens(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.tokens.length, 0);
}

/** Reads the documents and fills the store; no question is asked. */
export async function readDocuments(input: EngineInput, options: ReadOptions): Promise<ReadResult> {
  const startMs = performance.now();
  const chunks = cut(input.documents, options);
  const reading = await openReading(options.reader, { ...options, prefix: options.prompts.prefix, localTokens: 0 });
  await using pool = reading.pool;
  await warnUnlessRoom(chunks, reading, options);
  const progress = new StageProgress("read", totalTokens(chunks), options.onEvent);
  const { kept, dropped } = await prefill(chunks, reading, { progress, visits: new Map() });
  const readMs = performance.now() - startMs;
  const keptBytes = chunks.slice(0, kept).reduce((sum, chunk) => sum + reading.bytesOf(chunk), 0);
  return {
    coverage: coverage({ ...input, chunks, readTokens: totalTokens(chunks), condensed: 0 }),
    tokens: { computed: { read: pool.evaluatedTokens }, reused: progress.reusedTokens },
    timings: { loadMs: input.loadMs, readMs, totalMs: readMs + input.loadMs },
    models: { reader: modelInfo(options.reader) },
    store: { keptBytes, droppedChunks: dropped },
    settings: options.settings,
  };
}

/** What a read would be, without doing it; the rate is measured with one slice of the document. */
export async function planRead(input: EngineInput, options: ReadOptions): Promise<ReadPlan> {
  const chunks = cut(input.documents, options);
  const reading = await openReading(options.reader, { ...options, prefix: options.prompts.prefix, localTokens: 0 });
  await using _pool = reading.pool;
  const missing = await missingChunks(chunks, reading);
  const missingSet = new Set(missing);
  const bytes = missing.reduce((sum, chunk) => sum + reading.bytesOf(chunk), 0);
  const tokensPerSecond = await measureRate(chunks, reading);
  const storedChunks = chunks.length - missing.length;
  return {
    documents: input.documents.map((source, document) => {
      const own = chunks.filter((chunk) => chunk.document === document);
      return {
        path: source.path,
        pages: source.pages.length,
        tokens: totalTokens(own),
        chunks: own.length,
        storedChunks: own.filter((chunk) => !missingSet.has(chunk)).length,
      };
    }),
    pages: input.documents.reduce((sum, source) => sum + source.pages.length, 0),
    tokens: totalTokens(chunks),
    chunks: chunks.length,
    storedChunks,
    bytes,
    roomBytes: (await reading.store?.room())?.roomBytes ?? 0,
    tokensPerSecond,
    seconds: totalTokens(missing) / tokensPerSecond,
    models: { reader: modelInfo(options.reader) },
    skipped: input.skipped,
    settings: options.settings,
  };
}

async function missingChunks(chunks: readonly Chunk[], { store, keyOf, bytesOf }: Reading): Promise<Chunk[]> {
  if (store === undefined) return [...chunks];
  const missing: Chunk[] = [];
  for (const chunk of chunks) if (!(await store.has(keyOf(chunk), bytesOf(chunk)))) missing.push(chunk);
  return missing;
}

/** Tokens a second of a prefill on this machine, now. The first slice warms up and does not count. */
async function measureRate(chunks: readonly Chunk[], { pool, signal }: Reading): Promise<number> {
  const sample = Uint32Array.from(chunks.slice(0, 3).flatMap((chunk) => [...chunk.tokens])).subarray(0, SLICE_TOKENS);
  const [rate] = await pool.run([sample], async (tokens, sequence) => {
    await sequence.prefill(tokens.subarray(0, 16), { signal });
    await sequence.reset();
    const startMs = performance.now();
    await sequence.prefill(tokens, { signal });
    return (tokens.length / (performance.now() - startMs)) * 1000;
  });
  return rate ?? 1;
}

/** Says before a long read what the store cannot keep; everything is read all the same. */
export async function warnUnlessRoom(
  chunks: readonly Chunk[],
  reading: Reading,
  { onEvent }: Pick<ReadOptions, "onEvent">,
): Promise<void> {
  if (reading.store === undefined) return;
  const missing = await missingChunks(chunks, reading);
  const bytes = missing.reduce((sum, chunk) => sum + reading.bytesOf(chunk), 0);
  const { roomBytes, budgetBytes, freeDiskBytes } = await reading.store.room();
  if (bytes <= roomBytes) return;
  const gigabytes = (value: number): string => `${(value / 1e9).toFixed(1)} GB`;
  onEvent({
    kind: "warning",
    message:
      `the KV rows of this read take ${gigabytes(bytes)}, but the store has room for ${gigabytes(roomBytes)} ` +
      `(budget ${gigabytes(budgetBytes)}, free disk ${gigabytes(freeDiskBytes)}): everything is read, ` +
      "what does not fit is not kept and will be read again by the next question",
  });
}
