import { copyFile, rm, stat, utimes } from "node:fs/promises";
import { publish } from "../../fs/publish.ts";
import { describeError, unlessRefused } from "../../fs/system-error.ts";
import { extendRecord, type ReadDocument, readRecords, writeRecord } from "./documents.ts";
import { checkSeal, seal, TRAILER_BYTES } from "./sealed-file.ts";
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
  /** Gets one sentence for each loss that the user should know of. */
  readonly onWarning: (message: string) => void;
};

/** Last use is kept as the file's mtime, and not written more often than this. */
const TOUCH_MS = 60_000;

/**
 * Chunks' KV state on disk, least recently used first out. Several processes may share it: files appear whole, by
 * renaming, and a file that another process deleted is a miss. A store that cannot be written can still be read.
 */
export class KvStore {
  readonly #options: StoreOptions;
  readonly #space: Space;
  readonly #writing: WriteSwitch;

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
   * Whether a chunk is there, by name and size alone. One that is counts as used: this run will not evict it.
   * `expectedBytes` is the size of the state without our trailer; a file of another size is said and deleted.
   */
  async has(key: string, expectedBytes?: number): Promise<boolean> {
    const found = await unlessRefused(stat(this.#path(key)));
    if (found === undefined) return false;
    const wanted = expectedBytes === undefined ? found.size : expectedBytes + TRAILER_BYTES;
    if (found.size !== wanted) {
      await this.#deleteDamaged(key, `it has ${found.size} bytes, expected ${wanted}`);
      return false;
    }
    await this.#use(key, found.mtimeMs);
    return true;
  }

  /**
   * Path of a chunk's state for the engine, after its checksum was compared; undefined when it is not there. A damaged
   * file is said and deleted, since llama.cpp aborts the process on a truncated one.
   */
  async verify(key: string): Promise<string | undefined> {
    const path = this.#path(key);
    const check = await checkSeal(path);
    if (check.kind === "good") {
      await this.#use(key, check.lastUsedMs);
      return path;
    }
    this.#space.forget(key);
    if (check.kind === "missing") return undefined;
    if (check.kind === "damaged") await this.#deleteDamaged(key, check.reason);
    else
      this.#options.onWarning(`${nameOf(key)} cannot be opened (${check.reason}); the chunk is read again`);
    return undefined;
  }

  async #deleteDamaged(key: string, reason: string): Promise<void> {
    this.#space.forget(key);
    this.#options.onWarning(`${nameOf(key)} is damaged (${reason}); it is deleted and read again`);
    await unlessRefused(rm(this.#path(key), { force: true }));
  }

  /** Whether a state of so many bytes can be kept; evicts what is older and not used by this run, as far as needed. */
  async canKeep(bytes: number): Promise<boolean> {
    const room = await this.#writing.attempt(() => this.#space.makeRoom(bytes + TRAILER_BYTES));
    return room ?? false;
  }

  /** Where the engine is to write a state that `commit` or `abandon` then takes over. */
  temporaryPath(): string {
    return temporaryName(this.#options.dir);
  }

  /**
   * Takes over a state that was written to a `temporaryPath()`, which is gone afterwards in any case. `bytes` is the
   * size that the state must have. False when it is not kept: it does not fit, or the disk failed, after which the
   * store writes no more.
   */
  async commit(key: string, temporary: string, bytes: number): Promise<boolean> {
    try {
      return (await this.#writing.attempt(() => this.#commit(key, temporary, bytes))) ?? false;
    } finally {
      await unlessRefused(rm(temporary, { force: true }));
    }
  }

  /** Keeps a copy of a state that lies elsewhere; false as for `commit`. */
  async keepCopy(key: string, source: string, bytes: number): Promise<boolean> {
    if (!(await this.canKeep(bytes))) return false;
    const temporary = this.temporaryPath();
    try {
      await copyFile(source, temporary);
    } catch (cause) {
      await this.abandon(temporary, cause);
      return false;
    }
    return this.commit(key, temporary, bytes);
  }

  /** The engine could not write a state: the store is off from now on, and the run goes on without it. */
  async abandon(temporary: string, cause: unknown): Promise<void> {
    await unlessRefused(rm(temporary, { force: true }));
    this.#writing.turnOff(describeError(cause));
  }

  /** What could be written now: nothing, when the store is not writable. */
  async room(): Promise<Room> {
    const room = await unlessRefused(this.#space.room());
    const { budgetBytes } = this.#options;
    if (room === undefined) return { roomBytes: 0, budgetBytes, freeDiskBytes: 0, usedBytes: 0 };
    return this.writable ? room : { ...room, roomBytes: 0 };
  }

  /** Notes which chunks a document has, for `focus cache`. Replaces what was noted for its path with these settings. */
  async recordDocument(document: ReadDocument): Promise<void> {
    await this.#writing.attempt(() => writeRecord(this.#options.dir, document));
  }

  /** The same of a document of which only some chunks were read: they are added to what was noted. */
  async addToDocument(document: ReadDocument): Promise<void> {
    await this.#writing.attempt(() => extendRecord(this.#options.dir, document));
  }

  /**
   * Keys of all chunks of the documents that were read to their end with these settings, also of those that did not fit
   * into the store or were evicted since.
   */
  async readBefore(settings: string): Promise<ReadonlySet<string>> {
    const records = await unlessRefused(readRecords(this.#options.dir, settings));
    return new Set(records?.documents.flatMap(({ chunkKeys }) => chunkKeys));
  }

  async #commit(key: string, temporary: string, bytes: number): Promise<boolean> {
    const sealed = await seal(temporary, bytes);
    if (sealed.kind === "short") {
      this.#writing.turnOff(`a file of ${bytes} bytes came out with ${sealed.foundBytes}; is the disk full?`);
      return false;
    }
    if (!(await this.#space.claim(key, bytes + TRAILER_BYTES))) return false;
    try {
      await publish(temporary, this.#path(key));
      this.#space.published(key);
      return true;
    } catch (error) {
      // Windows lets nobody replace a file that another process has open; it is the same chunk.
      if (await this.has(key, bytes)) return true;
      this.#space.forget(key);
      throw error;
    }
  }

  #path(key: string): string {
    return chunkPath(this.#options.dir, key);
  }

  async #use(key: string, lastUsedMs: number): Promise<void> {
    this.#space.protect(key);
    const now = new Date();
    if (now.getTime() - lastUsedMs < TOUCH_MS) return;
    // Refused by a read-only store, which has no order of use to keep.
    await unlessRefused(utimes(this.#path(key), now, now));
  }
}

function nameOf(key: string): string {
  return `the stored KV state of chunk ${key.slice(-64, -52)}…`;
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
