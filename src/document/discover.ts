import { realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";

import { InputError } from "../errors.ts";
import { describeSystemError, inputErrorCode } from "../fs/read-error.ts";
import { addressHint, isAddress } from "./address.ts";
import type { Discovered, SkippedPath } from "./discovered.ts";
import { examineFile } from "./examine.ts";
import type { FolderFilterOptions } from "./folder-filter.ts";
import { expandGlob, isGlob } from "./glob.ts";
import { walkFolder } from "./walk.ts";

export type DiscoverOptions = FolderFilterOptions & {
  /** Absolute; what relative paths start from. */
  readonly cwd: string;
};

/**
 * Turns files, folders, globs and "-" into files to read. Folders are walked in name order; hidden, ignored
 * (`.gitignore`), binary and unsupported files in them are skipped and listed, as the options say.
 * @throws InputError when no file is left.
 */
export async function discover(paths: readonly string[], options: DiscoverOptions): Promise<Discovered> {
  const { cwd } = options;
  const files = new Map<string, string>();
  const skipped: SkippedPath[] = [];
  for (const path of paths) {
    const found = path === "-" ? { files: ["-"], skipped: [] } : await discoverOne(path, options);
    skipped.push(...found.skipped);
    for (const file of found.files) {
      const identity =
        file === "-" ? file : await realpath(resolve(cwd, file)).catch(() => resolve(cwd, file));
      if (!files.has(identity)) files.set(identity, file);
    }
  }
  if (files.size === 0) throw nothingToRead(skipped);
  return { files: [...files.values()], skipped };
}

async function discoverOne(path: string, options: DiscoverOptions): Promise<Discovered> {
  // Resolved, an empty name would be the current folder.
  if (path === "") return named({ path: '""', reason: "is an empty path" });
  const absolute = resolve(options.cwd, path);
  let isFolder: boolean;
  try {
    isFolder = (await stat(absolute)).isDirectory();
  } catch (error) {
    // Only now: a file may be called "[odd] name.txt", and what exists is never taken for a glob.
    if (isGlob(path) && !isAddress(path)) return fromGlob(path, options);
    const reason = describeSystemError(error);
    return named({ path, reason, code: inputErrorCode(error), ...addressHint(path) });
  }
  if (isFolder) return orNamed(path, await walkFolder(path, options), "has no readable document");
  const trouble = await examineFile(absolute);
  return trouble === undefined ? { files: [path], skipped: [] } : named({ path, ...trouble });
}

async function fromGlob(pattern: string, options: DiscoverOptions): Promise<Discovered> {
  const found = await expandGlob(pattern, options);
  const reason =
    found.skipped.length === 0
      ? "no file of this name, and none matches it as a pattern"
      : "matches no readable document";
  return orNamed(pattern, found, reason);
}

/** Something the user named that holds nothing to read is itself a loss. */
function orNamed(path: string, found: Discovered, reason: string): Discovered {
  if (found.files.length > 0) return found;
  const inside = found.skipped.length;
  const count =
    inside === 0
      ? ""
      : ` (${inside} skipped; the first is ${found.skipped[0]?.path}: ${found.skipped[0]?.reason})`;
  const own = { path, reason: reason + count, named: true };
  return { files: [], skipped: [...found.skipped, own] };
}

function named(loss: Omit<SkippedPath, "named">): Discovered {
  return { files: [], skipped: [{ ...loss, named: true }] };
}

function nothingToRead(skipped: readonly SkippedPath[]): InputError {
  const losses = skipped.filter((loss) => loss.named);
  const [first] = losses;
  if (first === undefined)
    return new InputError("no document was named", { hint: "name a file, a folder or - for standard input" });
  const list = losses.map(({ path, reason }) => `${path}: ${reason}`);
  const message =
    list.length === 1 ? `${list[0]}` : `nothing can be read of what was named:\n  ${list.join("\n  ")}`;
  const { hint, code } = first;
  return new InputError(message, hint === undefined ? { code } : { hint, code });
}
