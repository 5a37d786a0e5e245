import { rm, statfs } from "node:fs/promises";
import { chooseEvictions, sumBytes } from "./eviction.ts";
import { type ChunkFile, chunkPath, listChunks } from "./store-layout.ts";

export type SpaceOptions = {
  readonly dir: string;
  /** The most that all chunk files together may take. */
  readonly budgetBytes: number;
  /** What must stay free on the disk. */
  readonly minFreeBytes: number;
};

/** What the store could take, in bytes. */
export type Room = {
  /** Could be written now, if everything that this run does not use were evicted. */
  readonly roomBytes: number;
  readonly budgetBytes: number;
  readonly freeDiskBytes: number;
  readonly usedBytes: number;
};

/** Other processes write and evict too: the listing is not trusted for longer. */
const LISTING_MS = 10_000;

/** Who takes how much of the store: a listing of the disk, and what this run writes and uses. */
export class Space {
  readonly #options: SpaceOptions;
  /** Keys that this run wrote, loaded or counts on: never evicted, so that a large document does not evict itself. */
  readonly #inUse = new Set<string>();
  /** Claimed by this run, perhaps not on the disk yet. */
  readonly #claims = new Map<string, ChunkFile>();
  /** Claims that are on the disk by now: the next listing knows better. */
  readonly #published = new Set<string>();
  #listed: Map<string, ChunkFile> | undefined;
  #listedMs = 0;
  /** Decisions are taken one after another: sequences of one context save their chunks at the same time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: SpaceOptions) {
    this.#options = options;
  }

  protect(key: string): void {
    this.#inUse.add(key);
  }

  /** What the listing, at most ten seconds old, has of a file. */
  async find(key: string): Promise<ChunkFile | undefined> {
    return (await this.#files()).get(key);
  }

  async room(): Promise<Room> {
    const { budgetBytes, minFreeBytes } = this.#options;
    const files = await this.#files();
    const usedBytes = sumBytes(files.values());
    const evictableBytes = sumBytes([...files.values()].filter(({ key }) => !this.#inUse.has(key)));
    const freeDiskBytes = await this.#freeDiskBytes();
    const room = Math.min(budgetBytes - usedBytes, freeDiskBytes - minFreeBytes) + evictableBytes;
    return { roomBytes: Math.max(0, room), budgetBytes, freeDiskBytes, usedBytes };
  }

  /** Evicts what is needed for a file of `bytes`; false, and nothing is deleted, when it cannot fit. */
  async makeRoom(key: string, bytes: number): Promise<boolean> {
    return this.#inTurn(async () => {
      const files = await this.#files();
      const replacedBytes = files.get(key)?.bytes ?? 0;
      const overBudget = sumBytes(files.values()) - replacedBytes + bytes - this.#options.budgetBytes;
      const overDisk = bytes + this.#options.minFreeBytes - (await this.#freeDiskBytes());
      return this.#evict(files, Math.max(overBudget, overDisk));
    });
  }

  /** Makes room in the budget and counts the file from now on; its bytes are on the disk already. */
  async claim(key: string, bytes: number): Promise<boolean> {
    return this.#inTurn(async () => {
      const files = await this.#files();
      const replacedBytes = files.get(key)?.bytes ?? 0;
      this.protect(key);
      const over = sumBytes(files.values()) - replacedBytes + bytes - this.#options.budgetBytes;
      if (!(await this.#evict(files, over))) return false;
      const file = { key, path: chunkPath(this.#options.dir, key), bytes, lastUsedMs: Date.now() };
      this.#claims.set(key, file);
      files.set(key, file);
      return true;
    });
  }

  /** What was claimed is on the disk. */
  published(key: string): void {
    this.#published.add(key);
  }

  /** The file is not there after all. */
  forget(key: string): void {
    this.#published.delete(key);
    this.#claims.delete(key);
    this.#listed?.delete(key);
    this.#inUse.delete(key);
  }

  async #evict(files: Map<string, ChunkFile>, neededBytes: number): Promise<boolean> {
    const chosen = chooseEvictions(files.values(), { neededBytes, keep: this.#inUse });
    if (chosen === undefined) return false;
    for (const { key, path } of chosen) {
      // Another process may have been faster.
      await rm(path, { force: true });
      files.delete(key);
    }
    return true;
  }

  async #files(): Promise<Map<string, ChunkFile>> {
    if (this.#listed === undefined || Date.now() - this.#listedMs > LISTING_MS) {
      const published = [...this.#published];
      const files = await listChunks(this.#options.dir);
      for (const key of published) {
        this.#published.delete(key);
        this.#claims.delete(key);
      }
      this.#listed = new Map(files.map((file) => [file.key, file]));
      for (const [key, file] of this.#claims) this.#listed.set(key, file);
      this.#listedMs = Date.now();
    }
    return this.#listed;
  }

  async #freeDiskBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#options.dir);
    return bavail * bsize;
  }

  #inTurn<Result>(decide: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(decide);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
