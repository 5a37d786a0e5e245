import { createHash } from "node:crypto";
import { lstat, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.ts";
import { Journal } from "./journal.ts";
import {
  compactManifest,
  type Files,
  type Finished,
  manifestNames,
  manifestStem,
  manifestStems,
  type OnWarning,
  readManifest,
} from "./manifest-file.ts";
import type { Shard } from "./shard.ts";

/** Key of a file that was begun: no document has it. */
const UNFINISHED = "";

/** SHA-256, in hex, of a document's bytes and of everything else that makes its summary what it is. */
export function manifestKey(bytes: Uint8Array, made: Readonly<Record<string, unknown>>): string {
  const content = createHash("sha256").update(bytes).digest("hex");
  return createHash("sha256")
    .update(JSON.stringify([content, made]))
    .digest("hex");
}

type ManifestParts = {
  readonly folder: string;
  /** Of the manifest that is written. */
  readonly stem: string;
  readonly own: Files;
  /** Stem of another manifest in the folder → its files. */
  readonly others: ReadonlyMap<string, Files>;
};

/**
 * What is finished in an output folder, so that a run that was stopped, in whatever way, goes on where it was. Each file is
 * a line of a journal, which becomes part of the manifest at the end of the run or the start of the next. A shard writes a
 * manifest of its own and knows those of the others: folders of several machines are merged by copying them into one.
 */
export class Manifest implements AsyncDisposable {
  readonly #folder: string;
  readonly #stem: string;
  readonly #files: Map<string, Finished>;
  readonly #others: ReadonlyMap<string, Files>;
  readonly #journal: Journal;

  private constructor({ folder, stem, own, others }: ManifestParts) {
    this.#folder = folder;
    this.#stem = stem;
    this.#files = new Map(own);
    this.#others = others;
    this.#journal = new Journal(join(folder, manifestNames(stem).journal));
  }

  /** A manifest that is missing or damaged is empty; `onWarning` hears of the latter. Throws UsageError as `record` does. */
  static async open(folder: string, onWarning: OnWarning, shard?: Shard): Promise<Manifest> {
    const stem = manifestStem(shard);
    const stems = await manifestStems(folder);
    const others = new Map<string, Files>();
    for (const other of stems) {
      if (other !== stem) others.set(other, await readManifest(folder, other, onWarning));
    }
    const own = await readManifest(folder, stem, onWarning);
    const manifest = new Manifest({ folder, stem, own, others });
    if (await isFile(manifest.#journal.path)) await compactManifest(folder, stem);
    return manifest;
  }

  /** Names of the manifests and journals in the folder, its own among them. */
  get manifests(): readonly string[] {
    return [this.#stem, ...this.#others.keys()].flatMap((stem) => Object.values(manifestNames(stem)));
  }

  /** Names of files that focus wrote or was about to write, relative to the folder. */
  get names(): readonly string[] {
    return [this.#files, ...this.#others.values()].flatMap((files) => [...files.keys()]);
  }

  /**
   * What is known of a file that was made from the same and is still there. Pages that stayed without text may have some in
   * other `languages` than were recognised then.
   */
  async finished(name: string, key: string, languages = ""): Promise<Finished | undefined> {
    const all = [this.#files, ...this.#others.values()].map((files) => files.get(name));
    const found = all.find((one) => one?.key === key && (one.unread ?? languages) === languages);
    return found !== undefined && (await isFile(join(this.#folder, name))) ? found : undefined;
  }

  /** Throws InputError when a file of that name is there that is not focus's own. */
  async requireFree(name: string): Promise<void> {
    if ([this.#files, ...this.#others.values()].some((files) => files.has(name))) return;
    const path = join(this.#folder, name);
    if ((await lstat(path).catch(() => undefined)) === undefined) return;
    throw new InputError(`its summary would replace ${path}, which focus did not write`, {
      hint: "move that file away, or name another folder with --output",
    });
  }

  /** Notes that the file is about to be written. Throws InputError as `requireFree` does, UsageError as `record` does. */
  async begin(name: string, document: string): Promise<void> {
    if (this.#files.has(name)) return;
    await this.requireFree(name);
    await this.record(name, { path: document, key: UNFINISHED, partial: false });
  }

  /** Notes that the file is finished. Throws UsageError where the journal cannot be written. */
  async record(name: string, finished: Finished): Promise<void> {
    this.#files.set(name, finished);
    await this.#journal.append({ name, ...finished });
  }

  /** Makes the journal part of the manifest. Throws UsageError where that cannot be written: the journal stays then. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#journal.isBegun) await compactManifest(this.#folder, this.#stem);
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
