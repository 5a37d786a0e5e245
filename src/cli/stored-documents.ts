import { resolve } from "node:path";
import { Collections, isCollection } from "../config/collections.ts";
import { expandGlob, isGlob } from "../document/glob.ts";
import { UsageError } from "../errors.ts";
import { shownPath } from "../format/cache.ts";
import { isWithin } from "../fs/is-within.ts";
import type { StoredDocument } from "../kv/store/listing.ts";
import type { CommandContext } from "./context.ts";

type Around = Pick<CommandContext, "config" | "cwd" | "folders">;

/**
 * The stored documents that were named: by ids or their beginnings, by paths, by folders that they lie in, or by collections.
 * Throws UsageError when a name fits no document, or is the beginning of several ids.
 */
export async function storedDocuments(
  around: Around,
  names: readonly string[],
  documents: readonly StoredDocument[],
): Promise<StoredDocument[]> {
  const found = new Set<StoredDocument>();
  for (const name of names) {
    const own = isCollection(name)
      ? await ofCollection(around, name, documents)
      : named(name, documents, around.cwd);
    for (const document of own) found.add(document);
  }
  return documents.filter((document) => found.has(document));
}

/** Not all that a collection has need be stored; globs stand for what matches them now. */
async function ofCollection(
  { config, cwd, folders }: Around,
  name: string,
  documents: readonly StoredDocument[],
): Promise<StoredDocument[]> {
  const { paths } = await new Collections(folders.config).require(name);
  const matched = paths.filter((path) => isGlob(path)).map((glob) => expandGlob(glob, { ...config, cwd }));
  const files = (await Promise.all(matched)).flatMap((found) => found.files);
  const all = [...paths, ...files].map((path) => resolve(cwd, path));
  const found = documents.filter(({ location }) => all.some((path) => isWithin(location, path)));
  if (found.length === 0) throw notStored(`no document of ${name} is stored`);
  return found;
}

/**
 * A file may have been read with several models: it names all of these. One that is here goes before one of that name
 * elsewhere, and a folder, whether it is still there or not, before the beginning of an id.
 */
function named(name: string, documents: readonly StoredDocument[], cwd: string): StoredDocument[] {
  const here = resolve(cwd, name);
  const exact = documents.filter(({ id, location }) => id === name || location === here);
  const typed = documents.filter(({ path }) => path === name);
  const shown = documents.filter(({ path }) => shownPath(path) === name);
  const below = name === "" ? [] : documents.filter(({ location }) => isWithin(location, here));
  for (const found of [exact, typed, shown, below]) if (found.length > 0) return found;
  const begun = name === "" ? [] : documents.filter(({ id }) => id.startsWith(name));
  if (begun.length === 1) return begun;
  if (begun.length === 0) throw notStored(`no document ${JSON.stringify(name)} is stored`);
  const ids = begun.map(({ id }) => id).join(", ");
  throw new UsageError(`${name} is the beginning of ${begun.length} ids: ${ids}`, {
    hint: "give more of it",
  });
}

function notStored(message: string): UsageError {
  return new UsageError(message, { hint: "focus cache ls shows ids and paths" });
}
