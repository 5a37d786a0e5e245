import { createHash } from "node:crypto";
import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.ts";
import { replaceFile } from "../replace-file.ts";
import type { Shard } from "./shard.ts";

export const MANIFEST_NAME = "focus-manifest.json";
/** Of a machine that has a shard of the documents. */
const SHARD_NAME = /^focus-manifest-\d+-of-\d+\.json$/u;
const MANIFEST_VERSION = 1;

/** Key of a file that was begun: no document has it. */
const UNFINISHED = "";

/** A finished file. */
export type Finished = {
  /** The document, as it was named. */
  readonly path: string;
  /** Of everything that the file was made from; see manifestKey. */
  readonly key: string;
  /** Whether pages of the document have no text, with --strict. */
  readonly partial: boolean;
};

/** SHA-256, in hex, of a document's bytes and of everything else that makes its summary what it is. */
export function manifestKey(bytes: Uint8Array, made: Readonly<Record<string, unknown>>): string {
  const content = createHash("sha256").update(bytes).digest("hex");
  return createHash("sha256")
    .update(JSON.stringify([content, made]))
    .digest("hex");
}

type Files = ReadonlyMap<string, Finished>;

type ManifestParts = {
  readonly folder: string;
  /** Of the manifest that is written. */
  readonly name: string;
  readonly own: Map<string, Finished>;
  /** Name of another manifest in the folder → its files. */
  readonly others: ReadonlyMap<string, Files>;
};

/**
 * What is finished in an output folder, so that a run that was stopped, in whatever way, goes on where it was. It is
 * replaced whole after each file; a stop between the two does that one file again. A shard writes a manifest of its own
 * and knows those of the others: folders of several machines are merged by copying them into one.
 */
export class Manifest {
  readonly #folder: string;
  readonly #name: string;
  readonly #files: Map<string, Finished>;
  readonly #others: ReadonlyMap<string, Files>;
  /** Written one after another; files that come meanwhile are written together. */
  #last: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor({ folder, name, own, others }: ManifestParts) {
    this.#folder = folder;
    this.#name = name;
    this.#files = own;
    this.#others = others;
  }

  /** A manifest that is missing or damaged is empty; `onWarning` hears of the latter. */
  static async open(folder: string, onWarning: (message: string) => void, shard?: Shard): Promise<Manifest> {
    const name =
      shard === undefined ? MANIFEST_NAME : `focus-manifest-${shard.number}-of-${shard.count}.json`;
    const all = await readdir(folder).catch(() => []);
    const manifests = all.filter((one) => one === MANIFEST_NAME || SHARD_NAME.test(one)).sort();
    const others = new Map<string, Files>();
    for (const other of manifests) {
      if (other !== name) others.set(other, await readManifest(join(folder, other), onWarning));
    }
    const own = new Map(await readManifest(join(folder, name), onWarning));
    return new Manifest({ folder, name, own, others });
  }

  /** Names of the manifests in the folder, its own among them. */
  get manifests(): readonly string[] {
    return [this.#name, ...this.#others.keys()];
  }

  /** Names of files that focus wrote or was about to write, relative to the folder. */
  get names(): readonly string[] {
    return [this.#files, ...this.#others.values()].flatMap((files) => [...files.keys()]);
  }

  /** What is known of a file that was made from the same and is still there. */
  async finished(name: string, key: string): Promise<Finished | undefined> {
    const all = [this.#files, ...this.#others.values()].map((files) => files.get(name));
    const found = all.find((one) => one?.key === key);
    if (found === undefined) return undefined;
    const isThere = await stat(join(this.#folder, name)).then(
      (stats) => stats.isFile(),
      () => false,
    );
    return isThere ? found : undefined;
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

  /** Notes that the file is about to be written. Throws InputError as `requireFree` does. */
  async begin(name: string, document: string): Promise<void> {
    if (this.#files.has(name)) return;
    await this.requireFree(name);
    await this.record(name, { path: document, key: UNFINISHED, partial: false });
  }

  async record(name: string, finished: Finished): Promise<void> {
    this.#files.set(name, finished);
    this.#next ??= this.#last
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#last = this.#write();
        return this.#last;
      });
    await this.#next;
  }

  async #write(): Promise<void> {
    // In the order of names: however often a run was stopped, the same files make the same manifest.
    const files = Object.fromEntries([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1)));
    const text = JSON.stringify({ version: MANIFEST_VERSION, files }, undefined, 2);
    await replaceFile(join(this.#folder, this.#name), `${text}\n`);
  }
}

async function readManifest(path: string, onWarning: (message: string) => void): Promise<Files> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return new Map();
  const files = parse(text);
  if (files === undefined) {
    onWarning(`${path} is damaged: which files there are its own, focus cannot tell, and replaces none`);
  }
  return files ?? new Map();
}

function parse(text: string): Map<string, Finished> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { version, files: entries } = value;
  if (version !== MANIFEST_VERSION || !isRecord(entries)) return undefined;
  const files = new Map<string, Finished>();
  for (const [name, entry] of Object.entries(entries)) {
    if (!isRecord(entry)) return undefined;
    const { path, key, partial } = entry;
    if (typeof path !== "string" || typeof key !== "string" || typeof partial !== "boolean") return undefined;
    files.set(name, { path, key, partial });
  }
  return files;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
