import { rm, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { publish } from "../../fs/publish.ts";
import { unlessRefused } from "../../fs/system-error.ts";
import {
  extendRecord,
  type LocatedDocument,
  type ReadDocument,
  readRecords,
  writeRecord,
} from "./documents.ts";
import { isTextKey } from "./key.ts";
import { type FileStamp, readSealed, TRAILER_BYTES, touchFile, writeSealed } from "./sealed-file.ts";
import { type Room, Space } from "./space.ts";
import { chunkPath } from "./store-layout.ts";
import { temporaryName } from "./temporary.ts";
import { WriteSwitch } from "./write-switch.ts";

export type StoreOptions = {
  /** Made when it is not there. */
  readonly dir: string;
  /** The most that all stored chunks together may take. */
  readonly budgetBytes: number;
  /** What must stay free on the disk. */
  readonly minFreeBytes: number;
  /** What relative paths of documents start from; absent: the process's folder. */
  readonly cwd?: string;
  /** Gets one sentence for each loss that the user should know of. */
  readonly onWarning: (message: string) => void;
};

/**
 * Chunks' KV state on disk, least recently used first out. Several processes may share it: files appear whole, by
 * renaming, and a file that another process deleted is a miss. A store that cannot be written can still be read.
 */
export class KvStore {
  readonly #options: StoreOptions;
  readonly #space: Space;
  readonly #writing: WriteSwitch;
  /** Files whose checksum this run has compared. */
  readonly #checked = new Map<string, FileStamp>();

  constructor(options: StoreOptions, writing: WriteSwitch) {
    this.#options = options;
    this.#space = new Space(options);
    this.#writing = writing;
  }

  get writable(): boolean {
    return this.reason === undefined;
  }

  /** Why nothing is written; undefined while the store is writable. */
  get reason(): string | undefined {
    return this.#writing.reason;
  }

  /**
   * Whether a chunk is there, by name and size alone, as the last listing of the store has it, at most ten seconds old:
   * microseconds. One that is counts as used: this run will not evict it. `expectedBytes` is the size of what was kept; a
   * file of another size is said and deleted.
   */
  async has(key: string, expectedBytes?: number): Promise<boolean> {
    const path = this.#path(key);
    const found = await unlessRefused(this.#space.find(key));
    if (found === undefined) return false;
    const wanted = expectedBytes === undefined ? found.bytes : expectedBytes + TRAILER_BYTES;
    if (found.bytes !== wanted) {
      await this.#deleteDamaged(key, path, `it has ${found.bytes} bytes, expected ${wanted}`);
      return false;
    }
    this.#space.protect(key);
    return true;
  }

  /**
   * What was kept, after its checksum was compared, which is done once a run as long as the file stays the same; undefined
   * when it is not there. A damaged file is said and deleted.
   */
  async load(key: string): Promise<Uint8Array | undefined> {
    const path = this.#path(key);
    const sealed = await readSealed(path, key, this.#checked.get(key));
    if (sealed.kind === "good") {
      this.#checked.set(key, sealed.stamp);
      this.#space.protect(key);
      return sealed.payload;
    }
    this.#space.forget(key);
    this.#checked.delete(key);
    if (sealed.kind === "damaged") await this.#deleteDamaged(key, path, sealed.reason);
    if (sealed.kind === "refused") {
      const { name, redone } = nameOf(key);
      this.#options.onWarning(`${name} cannot be opened (${sealed.reason}); it is ${redone} again`);
    }
    return undefined;
  }

  /** Deletes a file that is whole and holds what it should not, and says so. */
  async reject(key: string, reason: string): Promise<void> {
    await this.#deleteDamaged(key, this.#path(key), reason);
  }

  /** Counts a chunk that `has` has found as used now. */
  async touch(key: string): Promise<void> {
    const found = await unlessRefused(this.#space.find(key));
    if (found !== undefined) await touchFile(found.path, found.lastUsedMs);
  }

  /**
   * Keeps a payload, if there is room; evicts what is older and not used by this run, as far as needed. False when it is
   * not kept: it does not fit, or the disk failed, after which the store writes no more.
   */
  async keep(key: string, payload: Uint8Array): Promise<boolean> {
    return (await this.#writing.attempt(() => this.#keep(key, payload))) ?? false;
  }

  /** What could be written now: nothing, when the store is not writable. */
  async room(): Promise<Room> {
    const room = await unlessRefused(this.#space.room());
    const { budgetBytes } = this.#options;
    if (room === undefined) return { roomBytes: 0, budgetBytes, freeDiskBytes: 0, usedBytes: 0 };
    return this.writable ? room : { ...room, roomBytes: 0 };
  }

  /** Notes which chunks a document has, for `focus cache`. Replaces what was noted for it with these settings. */
  async recordDocument(document: ReadDocument): Promise<void> {
    await this.#writing.attempt(() => writeRecord(this.#options.dir, this.#located(document)));
  }

  /** The same of a document of which only some chunks were read: they are added to what was noted. */
  async addToDocument(document: ReadDocument): Promise<void> {
    await this.#writing.attempt(() => extendRecord(this.#options.dir, this.#located(document)));
  }

  /**
   * Keys of all chunks of the documents that were read to their end with these settings, also of those that did not fit
   * into the store or were evicted since.
   */
  async readBefore(settings: string): Promise<ReadonlySet<string>> {
    const records = await unlessRefused(readRecords(this.#options.dir, settings));
    return new Set(records?.documents.flatMap(({ chunkKeys }) => chunkKeys));
  }

  #located(document: ReadDocument): LocatedDocument {
    const { path } = document;
    const location = path === "-" ? path : resolve(this.#options.cwd ?? ".", path);
    return { ...document, location };
  }

  async #keep(key: string, payload: Uint8Array): Promise<boolean> {
    const path = this.#path(key);
    const bytes = payload.length + TRAILER_BYTES;
    if (!(await this.#space.makeRoom(key, bytes))) return false;
    const temporary = temporaryName(this.#options.dir);
    try {
      await writeSealed(temporary, key, payload);
      if (!(await this.#space.claim(key, bytes))) return false;
      await publish(temporary, path);
      this.#space.published(key);
      return true;
    } catch (error) {
      // Windows lets nobody replace a file that another process has open; it is the same chunk.
      if ((await unlessRefused(stat(path)))?.size === bytes) return true;
      this.#space.forget(key);
      throw error;
    } finally {
      await unlessRefused(rm(temporary, { force: true }));
    }
  }

  async #deleteDamaged(key: string, path: string, reason: string): Promise<void> {
    this.#space.forget(key);
    const { name, redone } = nameOf(key);
    this.#options.onWarning(`${name} is damaged (${reason}); it is deleted and ${redone} again`);
    await unlessRefused(rm(path, { force: true }));
  }

  #path(key: string): string {
    return chunkPath(this.#options.dir, key);
  }
}

/** A file's name for people, and what is done without it. */
function nameOf(key: string): { readonly name: string; readonly redone: string } {
  const start = key.slice(-64, -52);
  if (isTextKey(key)) return { name: `the kept text ${start}…`, redone: "parsed" };
  return { name: `the stored KV state of chunk ${start}…`, redone: "read" };
}

/**
 * Opens the store in `dir`, and deletes what killed processes left half-written. Never fails: when the folder cannot be
 * made or written, that is warned of once and `reason` says why; what is stored can still be read.
 */
export async function openStore(options: StoreOptions): Promise<KvStore> {
  const writing = new WriteSwitch(options);
  await writing.probe();
  return new KvStore(options, writing);
}
