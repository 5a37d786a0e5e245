import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describeSystemError } from "../fs/read-error.ts";
import type { Discovered, SkippedPath } from "./discovered.ts";
import { describeOddity, examineFile } from "./examine.ts";
import { IgnoreRules } from "./ignore-rules.ts";

/** What a walk has gathered so far. */
type Walk = {
  readonly cwd: string;
  readonly rules: IgnoreRules;
  readonly files: string[];
  readonly skipped: SkippedPath[];
};

/**
 * All readable files below a folder, in name order, each folder's files before its folders. Links to files count as
 * files; links to folders are not followed, so that no loop can be entered.
 */
export async function walkFolder(folder: string, cwd: string): Promise<Discovered> {
  const rules = await IgnoreRules.around(resolve(cwd, folder));
  const walk: Walk = { cwd, rules, files: [], skipped: [] };
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const folders = await visit(walk, next);
    pending.push(...folders.toReversed());
  }
  return { files: walk.files, skipped: walk.skipped };
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
    const reason = await reasonToSkip(walk, path, entry);
    if (reason !== undefined) skip(walk, path, reason);
    else if (entry.isDirectory()) folders.push(path);
    else walk.files.push(path);
  }
  return folders;
}

async function reasonToSkip(walk: Walk, path: string, entry: Dirent): Promise<string | undefined> {
  const absolute = resolve(walk.cwd, path);
  if (entry.name.startsWith(".")) return "is hidden";
  if (await walk.rules.ignores(absolute, entry.isDirectory())) return "is ignored by .gitignore";
  if (entry.isDirectory()) return undefined;
  const oddity = entry.isFile() ? undefined : await describeOddity(absolute);
  if (oddity !== undefined) return oddity;
  return (await examineFile(absolute, { isPictureWanted: false }))?.reason;
}

function skip(walk: Walk, path: string, reason: string): void {
  walk.skipped.push({ path, reason, named: false });
}
