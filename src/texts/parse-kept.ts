import { createHash } from "node:crypto";
import type { Document } from "../document/document.ts";
import { extensionInside } from "../document/gzip.ts";
import { type ParseOptions, parseWithAttachments } from "../document/parse.ts";
import { type ParseOne, parseNested } from "../document/parse-nested.ts";
import type { KvStore } from "../kv/store/store.ts";
import { kept, keyOf, type Making } from "./kept.ts";

/** Smaller documents are parsed as fast as they are found. */
const LEAST_BYTES = 64 * 1024;

export type Source = { readonly path: string; readonly bytes: Uint8Array };

/** Where a document's text was kept, and the keys of what followed from it. */
export type Origin = { readonly store: KvStore; readonly key: string; readonly keys: Set<string> };

const origins = new WeakMap<Document, Origin>();

/** Undefined for a document that was not kept; nothing that follows from it may be, either. */
export function originOf(document: Document): Origin | undefined {
  return origins.get(document);
}

/** Has a document that was made from a kept one (with more warnings) count as that one. */
function inheritOrigin(document: Document, from: Document | undefined): void {
  const origin = from === undefined ? undefined : origins.get(from);
  if (origin !== undefined) origins.set(document, origin);
}

/** Keys in the store of the document's text and chunks. */
export function textKeysOf(document: Document): readonly string[] {
  return [...(origins.get(document)?.keys ?? [])];
}

/**
 * Parses a document, or takes from the store what an earlier run has parsed from the same bytes. With a password, for small
 * documents and without a store it is only parsed: the text of a document that needs a password is never kept. About
 * attachments nothing is said.
 * `openStore` gives undefined where nothing is to be kept. Throws InputError.
 */
export async function parseKept(
  { path, bytes }: Source,
  openStore: () => Promise<KvStore | undefined>,
  options: ParseOptions,
): Promise<Document> {
  const { password, signal, recogniser, ...settings } = options;
  const store = password !== undefined || bytes.length < LEAST_BYTES ? undefined : await openStore();
  const make = async () => (await parseWithAttachments(bytes, path, options)).document;
  if (store === undefined) return make();
  const content = createHash("sha256").update(bytes).digest("hex");
  const key = await keyOf(
    "document",
    content,
    extensionInside(path),
    settings,
    recogniser === undefined ? [] : [recogniser.engine, ...recogniser.languages],
  );
  const making: Making<Document> = { isValue: isDocument, make };
  const document = { ...(await kept(store, key, making)), path };
  origins.set(document, { store, key, keys: new Set([key]) });
  return document;
}

export type NestedOptions = ParseOptions & {
  readonly openStore: () => Promise<KvStore | undefined>;
  /** Gets what is attached, which is no file that could be read again. */
  readonly hold: (attachment: Source) => void;
};

/** The same with the document's attachments behind it, each kept as it is; see {@link parseNested}. */
export async function parseNestedKept(
  source: Source,
  { openStore, hold, ...options }: NestedOptions,
): Promise<Document[]> {
  const parsed = new Map<string, Document>();
  const parse: ParseOne = async (one, given) => {
    if (one.path !== source.path) hold(one);
    const document = await parseKept(one, openStore, given);
    parsed.set(one.path, document);
    return document;
  };
  const documents = await parseNested(source, options, parse);
  for (const document of documents) inheritOrigin(document, parsed.get(document.path));
  return documents;
}

function isDocument(value: unknown): value is Document {
  if (typeof value !== "object" || value === null) return false;
  const { text, format, pages, sections, warnings }: Partial<Record<keyof Document, unknown>> = value;
  const areStrings = typeof text === "string" && typeof format === "string";
  return areStrings && [pages, sections, warnings].every(Array.isArray);
}
