import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "../replace-file.ts";
import type { Shard } from "./shard.ts";

const MANIFEST_VERSION = 1;
/** Of all documents, or of a shard of them; and the journal beside it. */
const NAME = /^(focus-manifest(?:-\d+-of-\d+)?)\.jsonl?$/u;

/** A finished file. */
export type Finished = {
  /** The document, as it was named. */
  readonly path: string;
  /** Of everything that the file was made from; see manifestKey. */
  readonly key: string;
  /** Whether pages of the document have no text, with --strict. */
  readonly partial: boolean;
  /** The languages that were recognised where pages stayed without text all the same, "" for none: others may read them. */
  readonly unread?: string;
};

/** Name of a file, relative to the folder → what it was made from. */
export type Files = ReadonlyMap<string, Finished>;

/** Hears what is damaged. */
export type OnWarning = (message: string) => void;

/** Name of a manifest without its extension. */
export function manifestStem(shard: Shard | undefined): string {
  return shard === undefined ? "focus-manifest" : `focus-manifest-${shard.number}-of-${shard.count}`;
}

export function manifestNames(stem: string) {
  return { manifest: `${stem}.json`, journal: `${stem}.jsonl` };
}

/** Of the manifests in a folder, in order. */
export async function manifestStems(folder: string): Promise<readonly string[]> {
  const all = await readdir(folder).catch(() => []);
  return [...new Set(all.flatMap((name) => NAME.exec(name)?.[1] ?? []))].sort();
}

/** The manifest and what its journal has beside it; what is missing is empty, and so is a damaged manifest. */
export async function readManifest(folder: string, stem: string, onWarning: OnWarning): Promise<Files> {
  const { manifest, journal } = manifestNames(stem);
  const files = new Map(await readWhole(join(folder, manifest), onWarning));
  for (const [name, one] of await readJournal(join(folder, journal), onWarning)) files.set(name, one);
  return files;
}

/** Puts the journal's entries into the manifest, which is replaced whole; a stop on the way loses nothing. */
export async function compactManifest(folder: string, stem: string): Promise<void> {
  const { manifest, journal } = manifestNames(stem);
  const all = await readManifest(folder, stem, () => undefined);
  // In the order of names: however often a run was stopped, the same files make the same manifest.
  const files = Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = JSON.stringify({ version: MANIFEST_VERSION, files }, undefined, 2);
  await replaceFile(join(folder, manifest), `${text}\n`);
  await rm(join(folder, journal), { force: true });
}

async function readWhole(path: string, onWarning: OnWarning): Promise<Files> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return new Map();
  const files = parse(text);
  if (files === undefined) {
    onWarning(`${path} is damaged: which files there are its own, focus cannot tell, and replaces none`);
  }
  return files ?? new Map();
}

function parse(text: string): Files | undefined {
  const value = parsed(text);
  if (!isRecord(value)) return undefined;
  const { version, files: entries } = value;
  if (version !== MANIFEST_VERSION || !isRecord(entries)) return undefined;
  const files = new Map<string, Finished>();
  for (const [name, entry] of Object.entries(entries)) {
    const one = finishedOf(entry);
    if (one === undefined) return undefined;
    files.set(name, one);
  }
  return files;
}

async function readJournal(path: string, onWarning: OnWarning): Promise<Files> {
  const text = await readFile(path, "utf8").catch(() => "");
  // A stop may have cut the last line off: that file is done again.
  const lines = text.split("\n").slice(0, -1);
  const files = new Map<string, Finished>();
  for (const [i, line] of lines.entries()) {
    const entry = parsed(line);
    const one = finishedOf(entry);
    const { name } = isRecord(entry) ? entry : {};
    if (one !== undefined && typeof name === "string") files.set(name, one);
    else onWarning(`line ${i + 1} of ${path} is damaged and left out: the file that it names is done again`);
  }
  return files;
}

function finishedOf(entry: unknown): Finished | undefined {
  if (!isRecord(entry)) return undefined;
  const { path, key, partial, unread } = entry;
  if (typeof path !== "string" || typeof key !== "string" || typeof partial !== "boolean") return undefined;
  return { path, key, partial, ...(typeof unread === "string" ? { unread } : {}) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
