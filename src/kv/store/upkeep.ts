import { rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { unlessRefused } from "../../fs/system-error.ts";
import { listRecords } from "./documents.ts";
import { chooseEvictions, sumBytes } from "./eviction.ts";
import { chunkOfKey } from "./key.ts";
import { keysOf, type StoredDocument, type Tally, tally, unclaimedOf, withFiles } from "./listing.ts";
import { orKvStoreError } from "./or-kv-store-error.ts";
import { checkSeal } from "./sealed-file.ts";
import { type ChunkFile, entries, listChunks, listSettings, versionFolder } from "./store-layout.ts";
import { deleteLeftovers } from "./temporary.ts";

/** What `collectGarbage` deleted. */
export type Collected = {
  /** Files that killed processes left half-written. */
  readonly leftovers: number;
  readonly damaged: Tally;
  readonly unclaimed: Tally;
  readonly overBudget: Tally;
  /** Records of documents of which nothing is stored any more, and unreadable ones. */
  readonly records: number;
};

/** What is unclaimed is left alone for so long after its last use: a read that is under way notes its document only at its end. */
const UNCLAIMED_MS = 24 * 60 * 60_000;

/**
 * Deletes the documents that `matches` accepts, with the chunks that no other document has and their candidates, and returns what that
 * freed. Throws KvStoreError.
 */
export async function removeDocuments(
  dir: string,
  matches: (document: StoredDocument) => boolean,
): Promise<Tally> {
  return orKvStoreError(dir, async () => {
    const files = await listChunks(dir);
    const documents = withFiles((await listRecords(dir)).documents, files);
    const removed = documents.filter(({ stored }) => matches(stored)).map(({ record }) => record);
    const kept = documents.map(({ record }) => record).filter((record) => !removed.includes(record));
    const [gone, needed] = [keysOf(removed), keysOf(kept)];
    const isGone = (chunk: string): boolean => gone.has(chunk) && !needed.has(chunk);
    // Records first: a chunk without a record is found again by `collectGarbage`.
    for (const { file } of removed) await rm(file, { force: true });
    const freed = await deleteFiles(files.filter(({ key }) => isGone(chunkOfKey(key))));
    await deleteEmptyFolders(dir);
    return freed;
  });
}

/**
 * Deletes half-written files, damaged ones (every file is read), chunks and texts that no document claims and nobody used for a day, and
 * then the least recently used beyond `budgetBytes`. Throws KvStoreError.
 */
export async function collectGarbage(
  dir: string,
  { budgetBytes }: { readonly budgetBytes: number },
): Promise<Collected> {
  return orKvStoreError(dir, async () => {
    const leftovers = await deleteLeftovers(dir, Date.now());
    const damaged = await deleteFiles(await damagedOf(await listChunks(dir)));
    const { documents } = await listRecords(dir);
    const since = Date.now() - UNCLAIMED_MS;
    const forgotten = unclaimedOf(await listChunks(dir), documents).filter(
      ({ lastUsedMs }) => lastUsedMs < since,
    );
    const unclaimed = await deleteFiles(forgotten);
    const overBudget = await deleteFiles(beyond(budgetBytes, await listChunks(dir)));
    const records = await deleteEmptyRecords(dir);
    await deleteEmptyFolders(dir);
    return { leftovers, damaged, unclaimed, overBudget, records };
  });
}

/** Deletes everything that is stored; other things in the folder stay. Throws KvStoreError. */
export async function clearStore(dir: string): Promise<Tally> {
  return orKvStoreError(dir, async () => {
    const all = tally(await listChunks(dir));
    for (const settings of await listSettings(dir)) {
      await rm(join(versionFolder(dir), settings), { recursive: true, force: true });
    }
    // The folder of temporary files stays: another process may be writing into it.
    await deleteLeftovers(dir, Date.now());
    return all;
  });
}

/** The least recently used files that stand in the way of the budget. */
function beyond(budgetBytes: number, files: readonly ChunkFile[]): readonly ChunkFile[] {
  const neededBytes = sumBytes(files) - budgetBytes;
  return chooseEvictions(files, { neededBytes, keep: new Set() }) ?? files;
}

async function damagedOf(files: readonly ChunkFile[]): Promise<ChunkFile[]> {
  const damaged: ChunkFile[] = [];
  for (const file of files) {
    if ((await checkSeal(file.path, file.key)).kind === "damaged") damaged.push(file);
  }
  return damaged;
}

async function deleteFiles(files: readonly ChunkFile[]): Promise<Tally> {
  for (const { path } of files) await rm(path, { force: true });
  return tally(files);
}

async function deleteEmptyRecords(dir: string): Promise<number> {
  const { documents, unreadable } = await listRecords(dir);
  const empty = withFiles(documents, await listChunks(dir)).filter(({ stored }) => stored.storedChunks === 0);
  const files = [...unreadable, ...empty.map(({ record }) => record.file)];
  for (const file of files) await rm(file, { force: true });
  return files.length;
}

/** Folders that hold something refuse to be deleted, which settles races with processes that are writing. */
async function deleteEmptyFolders(dir: string): Promise<void> {
  for (const settings of await listSettings(dir)) {
    const folder = join(versionFolder(dir), settings);
    for (const name of await entries(folder)) await unlessRefused(rmdir(join(folder, name)));
    await unlessRefused(rmdir(folder));
  }
}
