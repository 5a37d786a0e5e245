import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { unlessMissing } from "../../fs/system-error.ts";

// <dir>/v1/<settings, 16 hex>/<2 hex>/<chunk, 64 hex>.kv        sealed files of packed states
// <dir>/v1/<settings, 16 hex>/<2 hex>/<chunk>-<16 hex>.kv       the chunk's candidate rows for a question
// <dir>/v1/<settings, 16 hex>/documents/<id, 12 hex>.json       what was read, and the keys of its chunks
// <dir>/v1/texts/<2 hex>/<64 hex>.kv                            sealed files of parsed texts, and of their chunks
// <dir>/v1/temporary/<pid>-<random>.part                        files that are being written
//
// Nothing else is ever looked at or deleted: the folder is the user's to choose, and may hold other things.

const SETTINGS = /^(?:[0-9a-f]{16}|texts)$/u;
const SHARD = /^[0-9a-f]{2}$/u;
const CHUNK_FILE = /^([0-9a-f]{64}(?:-[0-9a-f]{16})?)\.kv$/u;
const KEY = /^([0-9a-f]{16}|texts)\/([0-9a-f]{64}(?:-[0-9a-f]{16})?)$/u;

/** A file of the store: a chunk's rows, its candidates for a question, or a text. */
export type ChunkFile = {
  /** As `chunkKey`, `candidateKey` or `textKey` made it. */
  readonly key: string;
  readonly path: string;
  /** On disk, with the trailer. */
  readonly bytes: number;
  readonly lastUsedMs: number;
};

export function versionFolder(dir: string): string {
  return join(dir, "v1");
}

export function temporaryFolder(dir: string): string {
  return join(versionFolder(dir), "temporary");
}

/** Folder of the records of documents that were read with these settings. */
export function documentsFolder(dir: string, settings: string): string {
  return join(versionFolder(dir), settings, "documents");
}

/** Throws Error, a bug, for anything that the functions of key.ts do not make: a key becomes a path. */
export function chunkPath(dir: string, key: string): string {
  const [, settings, chunk] = KEY.exec(key) ?? [];
  if (settings === undefined || chunk === undefined) throw new Error(`not a chunk key: ${key}`);
  return join(versionFolder(dir), settings, chunk.slice(0, 2), `${chunk}.kv`);
}

export function isChunkKey(key: unknown): key is string {
  return typeof key === "string" && KEY.test(key);
}

/** Folders, one for each model and settings, and that of texts. */
export async function listSettings(dir: string): Promise<string[]> {
  return (await entries(versionFolder(dir))).filter((name) => SETTINGS.test(name));
}

/** All chunk files that are there now; about 30 ms for a thousand. Throws what the file system throws. */
export async function listChunks(dir: string): Promise<ChunkFile[]> {
  const files: ChunkFile[] = [];
  for (const settings of await listSettings(dir)) {
    const folder = join(versionFolder(dir), settings);
    for (const shard of await entries(folder)) {
      if (SHARD.test(shard)) files.push(...(await listShard(join(folder, shard), settings)));
    }
  }
  return files;
}

async function listShard(folder: string, settings: string): Promise<ChunkFile[]> {
  const names = await entries(folder);
  const files = names.map(async (name): Promise<ChunkFile | undefined> => {
    const chunk = CHUNK_FILE.exec(basename(name))?.[1];
    if (chunk === undefined) return undefined;
    const path = join(folder, name);
    const found = await unlessMissing(stat(path));
    if (found === undefined) return undefined;
    return { key: `${settings}/${chunk}`, path, bytes: found.size, lastUsedMs: found.mtimeMs };
  });
  return (await Promise.all(files)).filter((file) => file !== undefined);
}

/** Names in a folder; none when it is not there. */
export async function entries(folder: string): Promise<string[]> {
  return (await unlessMissing(readdir(folder))) ?? [];
}
