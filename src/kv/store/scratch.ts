import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KvStoreError } from "../../errors.ts";
import { isAlive } from "../../fs/process.ts";
import { describeError, errorCode, unlessRefused } from "../../fs/system-error.ts";

/** A folder of one run's own, for states on their way from one context to another; gone with all that is in it. */
export class Scratch {
  readonly #dir: string;
  #count = 0;

  private constructor(dir: string) {
    this.#dir = dir;
  }

  /**
   * In the system's folder for temporary files, from which those of runs that were killed go. Throws KvStoreError when
   * nothing can be written there.
   */
  static async open(): Promise<Scratch> {
    const parent = tmpdir();
    try {
      if (cleaned !== parent) await unlessRefused(deleteLeft(parent));
      cleaned = parent;
      return new Scratch(await mkdtemp(join(parent, `focus-${process.pid}-`)));
    } catch (cause) {
      if (errorCode(cause) === undefined) throw cause;
      throw refused(parent, cause);
    }
  }

  /** Has a new file written by `write`, and returns its name. Throws KvStoreError for what the file system refuses. */
  async file(write: (path: string) => Promise<unknown>): Promise<string> {
    this.#count += 1;
    const path = join(this.#dir, `${this.#count}.kv`);
    try {
      await write(path);
      return path;
    } catch (cause) {
      await this.remove(path);
      if (errorCode(cause) === undefined) throw cause;
      throw refused(this.#dir, cause);
    }
  }

  /** Writes bytes, or pieces of them in their order, to a new file, and returns its name. Throws KvStoreError for what the file system refuses. */
  write(bytes: Uint8Array | readonly Uint8Array[]): Promise<string> {
    return this.file((path) => writeFile(path, bytes));
  }

  /** The bytes of a file of this folder. */
  read(path: string): Promise<Uint8Array> {
    return readFile(path);
  }

  async remove(path: string): Promise<void> {
    await unlessRefused(rm(path, { force: true }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await unlessRefused(rm(this.#dir, { recursive: true, force: true }));
  }
}

/** The folder that this run has cleaned: once is enough. */
let cleaned: string | undefined;

const NAME = /^focus-(\d+)-\w{6}$/u;
/** What no process of this machine has may be another machine's that shares the folder, and at work. */
const STALE_MS = 3_600_000;

/** A run that is killed, or interrupted while the engine evaluates, closes nothing. */
async function deleteLeft(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = Number(NAME.exec(name)?.[1]);
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const path = join(parent, name);
    const found = await unlessRefused(stat(path));
    if (found === undefined || Date.now() - found.mtimeMs < STALE_MS) continue;
    await unlessRefused(rm(path, { recursive: true, force: true }));
  }
}

function refused(dir: string, cause: unknown): KvStoreError {
  return new KvStoreError(`temporary files in ${dir} cannot be written: ${describeError(cause)}`, {
    hint: "make room there, or set TMPDIR to another folder",
    cause,
  });
}
