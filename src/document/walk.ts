import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describeSystemError } from "../fs/read-error.ts";
import type { Discovered, SkippedPath } from "./discovered.ts";
import { describeOddity, examineFile } from "./examine.ts";
import { FolderFilter, type FolderFilterOptions } from "./folder-filter.ts";
import { gitPath, IgnoreRules } from "./ignore-rules.ts";

/** What a walk has gathered so far. */
type Walk = {
  readonly cwd: string;
  /** Absolute: what patterns of the filter count from. */
  readonly patternsFrom: string;
  readonly rules: IgnoreRules;
  readonly filter: FolderFilter;
  readonly files: string[];
  readonly skipped: SkippedPath[];
};

/**
 * All readable files below a folder, in name order, each folder's files before its folders. Links to files count as
 * files; links to folders are not followed, so that no loop can be entered.
 */
export async function walkFolder(
  folder: string,
  { cwd, ...options }: FolderFilterOptions & { readonly cwd: string },
): Promise<Discovered> {
  const start = resolve(cwd, folder);
  const patternsFrom = options.patternsFrom?.(start) ?? start;
  const rules = await IgnoreRules.around(start);
  const filter = new FolderFilter(options);
  const walk: Walk = { cwd, patternsFrom, rules, filter, files: [], skipped: [] };
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const folders = await visit(walk, next);
    pending.push(...folders.toReversed());
  }
  return { files: walk.files, skipped: [...walk.skipped, ...filter.skipped(folder)] };
}

/** Gathers a folder's files and returns the folders in it. */
async function visit(walk: Walk, folder: string): Promise<string[]> {
  const folders: string[] = [];
  let entries: Dirent[];
  try {
    entries = await readdir(resolve(walk.cwd, folder), { withFileTypes: true });
  } catch (error) {
    skip(walk, folder, describeSystemError(error));
    return folders;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const reason = await hiddenOrIgnored(walk, path, entry);
    if (reason === undefined && isLeftOut(walk, path, entry)) continue;
    const trouble = reason ?? (await troubleOf(walk, path, entry));
    if (trouble !== undefined) skip(walk, path, trouble);
    else if (entry.isDirectory()) folders.push(path);
    else walk.files.push(path);
  }
  return folders;
}

async function hiddenOrIgnored(
  { cwd, rules, filter }: Walk,
  path: string,
  entry: Dirent,
): Promise<string | undefined> {
  if (filter.hides(entry.name)) return "is hidden";
  const isIgnored = filter.gitignore && (await rules.ignores(resolve(cwd, path), entry.isDirectory()));
  return isIgnored ? "is ignored by .gitignore" : undefined;
}

function isLeftOut({ cwd, patternsFrom, filter }: Walk, path: string, entry: Dirent): boolean {
  return filter.leavesOut(gitPath(patternsFrom, resolve(cwd, path), entry.isDirectory()));
}

async function troubleOf({ cwd }: Walk, path: string, entry: Dirent): Promise<string | undefined> {
  const absolute = resolve(cwd, path);
  if (entry.isDirectory()) return undefined;
  const oddity = entry.isFile() ? undefined : await describeOddity(absolute);
  if (oddity !== undefined) return oddity;
  return (await examineFile(absolute, { isPictureWanted: false }))?.reason;
}

function skip(walk: Walk, path: string, reason: string): void {
  walk.skipped.push({ path, reason, named: false });
}
