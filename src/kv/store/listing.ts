import { type DocumentRecord, listRecords } from "./documents.ts";
import { sumBytes } from "./eviction.ts";
import { chunkOfKey, isTextKey } from "./key.ts";
import { orKvStoreError } from "./or-kv-store-error.ts";
import { type ChunkFile, listChunks } from "./store-layout.ts";

/** A document and what is stored of it. */
export type StoredDocument = Omit<DocumentRecord, "file" | "allChunks" | "chunkKeys" | "textKeys"> & {
  /** Chunks of the document, whether they were read or not, and how many of them are stored. */
  readonly chunks: number;
  readonly storedChunks: number;
  /** On disk; a chunk that documents share counts for each of them. */
  readonly bytes: number;
};

export type Tally = { readonly files: number; readonly bytes: number };

export type StoreListing = {
  /** Last used first. */
  readonly documents: readonly StoredDocument[];
  /** Parsed documents, and their chunks' places and tokens. */
  readonly texts: Tally;
  /** Chunks that no document claims: of reads that were stopped, and of earlier versions of a document. */
  readonly unclaimed: Tally;
  /** Everything, shared chunks once. */
  readonly total: Tally;
};

/** What `focus cache ls` shows. Throws KvStoreError when the folder cannot be read. */
export async function listStore(dir: string): Promise<StoreListing> {
  return orKvStoreError(dir, async () => {
    const files = await listChunks(dir);
    const { documents } = await listRecords(dir);
    const listed = withFiles(documents, files).map(({ stored }) => stored);
    listed.sort((a, b) => b.lastUsedMs - a.lastUsedMs);
    const texts = tally(files.filter(({ key }) => isTextKey(key)));
    const unclaimed = tally(unclaimedOf(files, documents).filter(({ key }) => !isTextKey(key)));
    return { documents: listed, texts, unclaimed, total: tally(files) };
  });
}

export type RecordWithFiles = { readonly record: DocumentRecord; readonly stored: StoredDocument };

/** What is stored of each document. */
export function withFiles(
  documents: readonly DocumentRecord[],
  files: readonly ChunkFile[],
): RecordWithFiles[] {
  const byChunk = new Map<string, ChunkFile[]>();
  for (const file of files) {
    const chunk = chunkOfKey(file.key);
    byChunk.set(chunk, [...(byChunk.get(chunk) ?? []), file]);
  }
  return documents.map((record) => ({ record, stored: describe(record, byChunk) }));
}

function describe(
  record: DocumentRecord,
  byChunk: ReadonlyMap<string, readonly ChunkFile[]>,
): StoredDocument {
  const { file: _, allChunks = 0, chunkKeys, textKeys: __, ...rest } = record;
  // A document can have the same chunk twice.
  const files = [...new Set(chunkKeys)].flatMap((key) => byChunk.get(key) ?? []);
  return {
    ...rest,
    lastUsedMs: Math.max(record.lastUsedMs, ...files.map(({ lastUsedMs }) => lastUsedMs)),
    // Those of an earlier text of a small document are not told apart.
    chunks: Math.max(allChunks, chunkKeys.length),
    storedChunks: chunkKeys.filter((chunk) => byChunk.get(chunk)?.some(({ key }) => key === chunk)).length,
    bytes: sumBytes(files),
  };
}

/** Files of chunks and texts that no document has, candidates of the chunks among them. */
export function unclaimedOf(files: readonly ChunkFile[], documents: readonly DocumentRecord[]): ChunkFile[] {
  const claimed = keysOf(documents);
  return files.filter(({ key }) => !claimed.has(chunkOfKey(key)));
}

/** Chunks and texts that documents have. */
export function keysOf(documents: readonly DocumentRecord[]): Set<string> {
  return new Set(documents.flatMap(({ chunkKeys, textKeys }) => [...chunkKeys, ...textKeys]));
}

export function tally(files: readonly ChunkFile[]): Tally {
  return { files: files.length, bytes: sumBytes(files) };
}
