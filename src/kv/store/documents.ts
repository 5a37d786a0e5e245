import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { unlessMissing } from "../../fs/system-error.ts";
import { documentsFolder, entries, isChunkKey, listSettings } from "./store-layout.ts";
import { writeAtomically } from "./temporary.ts";

/** A document that was read, as the store is told. */
export type ReadDocument = {
  /** As the user will recognise it. */
  readonly path: string;
  readonly title: string | undefined;
  /** Name of the model that read it. */
  readonly model: string;
  readonly tokens: number;
  /** How many chunks it was cut into, of which those of `chunkKeys` were read; absent: no more than these. */
  readonly allChunks?: number | undefined;
  /** In document order; all of the same settings. Nothing is recorded without any. */
  readonly chunkKeys: readonly string[];
  /** Of its text and its chunks' places and tokens, where these are kept. */
  readonly textKeys: readonly string[];
  /** Whether only some of its pages were asked for: those have a text, chunks and a record of their own. Absent: all were. */
  readonly isOfPages?: boolean;
};

/** Where a document lies; with the settings it names the record, since files of several folders have one name. */
export type LocatedDocument = ReadDocument & {
  /** Absolute; the path of what is no file. */
  readonly location: string;
};

/** A record as it lies in the store. */
export type DocumentRecord = LocatedDocument & {
  /** 12 hex digits, of location and settings, and whether it is of chosen pages. */
  readonly id: string;
  readonly file: string;
  readonly lastUsedMs: number;
};

const RECORD_FILE = /^([0-9a-f]{12})\.json$/u;

/**
 * Adds chunks to what an earlier record says of the document with these settings, and replaces it where that is of another text.
 * Throws what the file system throws.
 */
export async function extendRecord(dir: string, document: LocatedDocument): Promise<void> {
  return write(dir, document, (earlier) => {
    if (isOfAnotherText(earlier, document)) return {};
    return {
      tokens: Math.max(earlier.tokens, document.tokens),
      chunkKeys: union(earlier.chunkKeys, document.chunkKeys),
    };
  });
}

/** Small texts are not kept, and are not told apart; each choice of pages has a text of its own. */
function isOfAnotherText(earlier: ReadDocument, { textKeys, isOfPages = false }: ReadDocument): boolean {
  if (isOfPages) return false;
  const known = new Set(earlier.textKeys);
  return known.size > 0 && textKeys.length > 0 && !textKeys.some((key) => known.has(key));
}

/** Replaces what an earlier record says of the document with these settings. Throws what the file system throws. */
export async function writeRecord(dir: string, document: LocatedDocument): Promise<void> {
  return write(dir, document, () => ({}));
}

/** The most text keys of a record: the latest ones, and those of a few earlier versions, which are deleted with the document. */
const MOST_TEXT_KEYS = 16;

async function write(
  dir: string,
  document: LocatedDocument,
  merge: (earlier: ReadDocument) => Partial<ReadDocument>,
): Promise<void> {
  const file = recordFile(dir, document);
  if (file === undefined) return;
  const text = await unlessMissing(readFile(file, "utf8"));
  const earlier = text === undefined ? undefined : parseRecord(text);
  const before = (earlier?.textKeys ?? []).filter((key) => !document.textKeys.includes(key));
  const textKeys = [...before, ...document.textKeys].slice(-MOST_TEXT_KEYS);
  const { isOfPages: _, ...noted } = document;
  const merged = { ...noted, ...(earlier === undefined ? {} : merge(earlier)), textKeys };
  await writeAtomically(dir, file, JSON.stringify({ ...merged, lastUsedMs: Date.now() }));
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

/** Where a document's record lies; undefined for one without chunks. */
function recordFile(
  dir: string,
  { location, chunkKeys, isOfPages = false }: LocatedDocument,
): string | undefined {
  const settings = chunkKeys[0]?.split("/")[0];
  if (settings === undefined) return undefined;
  const id = createHash("sha256")
    .update(`${settings}\n${location}${isOfPages ? "\n--pages" : ""}`)
    .digest("hex")
    .slice(0, 12);
  return join(documentsFolder(dir, settings), `${id}.json`);
}

/** What the store has records of, and the files among them that are no records. */
export type Records = {
  readonly documents: readonly DocumentRecord[];
  readonly unreadable: readonly string[];
};

/** The records of all settings. Throws what the file system throws. */
export async function listRecords(dir: string): Promise<Records> {
  const all: Records[] = [];
  for (const settings of await listSettings(dir)) all.push(await readRecords(dir, settings));
  return {
    documents: all.flatMap(({ documents }) => documents),
    unreadable: all.flatMap(({ unreadable }) => unreadable),
  };
}

/** The records of one model and its settings. Throws what the file system throws. */
export async function readRecords(dir: string, settings: string): Promise<Records> {
  const documents: DocumentRecord[] = [];
  const unreadable: string[] = [];
  const folder = documentsFolder(dir, settings);
  for (const name of await entries(folder)) {
    const id = RECORD_FILE.exec(name)?.[1];
    const file = join(folder, name);
    const text = id === undefined ? undefined : await unlessMissing(readFile(file, "utf8"));
    if (id === undefined || text === undefined) continue;
    const parsed = parseRecord(text);
    if (parsed === undefined) unreadable.push(file);
    else documents.push({ ...parsed, id, file });
  }
  return { documents, unreadable };
}

/** Undefined for anything that `writeRecord` does not write: a file may be cut off or of another release. */
function parseRecord(text: string): Omit<DocumentRecord, "id" | "file"> | undefined {
  const {
    path,
    title,
    model,
    tokens,
    allChunks,
    chunkKeys,
    textKeys = [],
    lastUsedMs,
    location,
  } = parseObject(text);
  if (typeof path !== "string" || typeof model !== "string") return undefined;
  if (title !== undefined && typeof title !== "string") return undefined;
  if (typeof tokens !== "number" || typeof lastUsedMs !== "number") return undefined;
  if (!areKeys(chunkKeys) || !areKeys(textKeys)) return undefined;
  // Records of earlier builds have neither.
  const found = typeof location === "string" ? location : path;
  const count = typeof allChunks === "number" ? allChunks : undefined;
  return { path, location: found, title, model, tokens, allChunks: count, chunkKeys, textKeys, lastUsedMs };
}

function areKeys(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isChunkKey);
}

type Unchecked = Readonly<Partial<Record<keyof DocumentRecord, unknown>>>;

function parseObject(text: string): Unchecked {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
