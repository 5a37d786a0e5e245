import type { Formats } from "./format.ts";
import { JSON_VERSION, toJson, toJsonLine } from "./json.ts";
import { markdownTable } from "./markdown-table.ts";
import { printableLine } from "./printable.ts";
import { age, bytes, count, counted } from "./quantity.ts";
import { type Column, table } from "./table.ts";

/** A document of the KV store. */
export type CacheDocument = {
  /** 12 hex digits. */
  readonly id: string;
  /** As it was given when it was read; "-" is standard input. */
  readonly path: string;
  readonly title: string | undefined;
  /** Name of the model that read it. */
  readonly model: string;
  readonly tokens: number;
  readonly chunks: number;
  /** Chunks that are still there. */
  readonly storedChunks: number;
  readonly bytes: number;
  readonly lastUsedMs: number;
};

/** Files of chunks, and what they take on disk. */
export type CacheTally = { readonly files: number; readonly bytes: number };

/** What the KV store holds. */
export type CacheListing = {
  readonly dir: string;
  readonly documents: readonly CacheDocument[];
  /** Parsed documents, and their chunks' places and tokens. */
  readonly texts: CacheTally;
  /** Chunks that no document claims. */
  readonly unclaimed: CacheTally;
  /** Everything, chunks that documents share once. */
  readonly total: CacheTally;
  /** Texts that were recognised in pictures: beside the store, outside its budget. */
  readonly recognised: CacheTally;
  readonly budgetBytes: number;
  /** What ages are counted from. */
  readonly nowMs: number;
};

/** What `focus cache ls` prints; with jsonl each document is a line. */
export const CACHE_LIST_FORMATS: Formats<CacheListing> = {
  text: (listing) => `${tableOf(listing, table)}${summary(listing).join("\n")}\n`,
  markdown: (listing) => {
    const points = summary(listing).map((line) => `- ${line.replace(/ {2,}/u, ": ")}\n`);
    return [tableOf(listing, markdownTable), points.join("")].filter((part) => part !== "").join("\n");
  },
  json: (listing) => toJson(listingJson(listing)),
  jsonl: ({ documents }) => documents.map((document) => toJsonLine(documentJson(document))).join(""),
};

/** A document's path as the list shows it. */
export function shownPath(path: string): string {
  return path === "-" ? "standard input" : printableLine(path);
}

function tableOf({ documents, nowMs }: CacheListing, draw: typeof table): string {
  if (documents.length === 0) return "";
  const columns: readonly Column<CacheDocument>[] = [
    { head: "id", cell: ({ id }) => id },
    { head: "document", cell: ({ path }) => shownPath(path) },
    { head: "model", cell: ({ model }) => model },
    { head: "chunks", cell: (row) => `${count(row.storedChunks)}/${count(row.chunks)}`, right: true },
    { head: "size", cell: (row) => bytes(row.bytes), right: true },
    { head: "used", cell: ({ lastUsedMs }) => age((nowMs - lastUsedMs) / 1000) },
    { head: "title", cell: ({ title }) => title ?? "" },
  ];
  return draw(documents, columns);
}

function summary(listing: CacheListing): string[] {
  const { dir, texts, unclaimed, total, recognised, budgetBytes } = listing;
  const parsed = `texts      ${counted(texts.files, "file")}, ${bytes(texts.bytes)}, of parsed documents`;
  const stray = `unclaimed  ${sizeOf(unclaimed)}, of reads that were stopped or of earlier versions`;
  const chunks = sizeOf({ files: total.files - texts.files, bytes: total.bytes });
  const all = `total      ${chunks} of at most ${bytes(budgetBytes)}, in ${printableLine(dir)}`;
  const seen = `pictures   ${counted(recognised.files, "text")}, ${bytes(recognised.bytes)}, recognised in them: focus cache rm --all deletes them`;
  const before = [...(texts.files === 0 ? [] : [parsed]), ...(unclaimed.files === 0 ? [] : [stray])];
  return [...before, all, ...(recognised.files === 0 ? [] : [seen])];
}

function sizeOf({ files, bytes: size }: CacheTally): string {
  return `${counted(files, "chunk")}, ${bytes(size)}`;
}

function listingJson(listing: CacheListing) {
  const { dir, documents, texts, unclaimed, total, recognised, budgetBytes } = listing;
  return {
    version: JSON_VERSION,
    command: "cache ls",
    dir,
    documents: documents.map(documentJson),
    texts,
    unclaimed,
    total,
    recognised,
    budgetBytes,
  } as const;
}

function documentJson(document: CacheDocument) {
  const { id, path, title = null, model, tokens, chunks, storedChunks, bytes: size, lastUsedMs } = document;
  const lastUsed = new Date(lastUsedMs).toISOString();
  return { id, path, title, model, tokens, chunks, storedChunks, bytes: size, lastUsed } as const;
}
