import { InputError } from "../../../errors.ts";
import {
  findDirectory,
  headerBytes,
  readEntries,
  viewOf,
  type ZipEntry,
} from "../../../fs/zip/zip-directory.ts";
import { describeUnlisted } from "./unlisted.ts";

/** A file in a zip archive; `start` is where its bytes begin. */
export type Entry = ZipEntry & { readonly start: number };

/** What a zip directory says, and one sentence each for what the archive says otherwise. */
export type Directory = { readonly entries: ReadonlyMap<string, Entry>; readonly warnings: string[] };

/** Throws InputError for anything that is not a whole zip directory. */
export function readDirectory(bytes: Uint8Array, path: string): Directory {
  try {
    const entries = entriesOf(bytes);
    return { entries, warnings: describeUnlisted(bytes, entries) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(`${path}: is damaged or cut off: its zip directory cannot be read`, {
      hint: "get the file again, or open it in its program and save it anew",
      cause: error,
    });
  }
}

/** Throws RangeError where the archive ends too early or points outside itself. */
function entriesOf(bytes: Uint8Array): Map<string, Entry> {
  const view = viewOf(bytes);
  const { count, start: directory } = findDirectory(view);
  if (directory > bytes.length) throw new RangeError("a directory outside of the archive");
  const entries = new Map<string, Entry>();
  for (const entry of readEntries(viewOf(bytes.subarray(directory)), count)) {
    const start = entry.headerStart + headerBytes(view, entry.headerStart);
    const name = entry.name.replaceAll("\\", "/");
    // Directories have no bytes; of two files with one name, the last is the newer.
    if (!name.endsWith("/")) entries.set(name, { ...entry, name, start });
  }
  return entries;
}
