import { resolve } from "node:path";

import fastGlob from "fast-glob";

import { isFolder } from "../fs/is-folder.ts";
import type { Discovered, SkippedPath } from "./discovered.ts";
import { describeOddity, examineFile } from "./examine.ts";
import { FolderFilter, type FolderFilterOptions } from "./folder-filter.ts";
import { gitPath, IgnoreRules } from "./ignore-rules.ts";

/** Whether a path has characters that mean something in a glob. */
export function isGlob(path: string, platform: NodeJS.Platform = process.platform): boolean {
  return path !== "" && fastGlob.isDynamicPattern(withSlashes(path, platform));
}

/**
 * The readable files that a glob matches, in name order; what exists is never taken for a part of one, such as a folder
 * "reports (2024)". `.gitignore` and the filter count as they do in folders.
 */
export async function expandGlob(
  glob: string,
  { cwd, ...filterOptions }: FolderFilterOptions & { readonly cwd: string },
  platform: NodeJS.Platform = process.platform,
): Promise<Discovered> {
  const { folder, pattern } = await literalFolder(withSlashes(glob, platform), cwd);
  const from = resolve(cwd, folder);
  const filter = new FolderFilter(filterOptions);
  // Through one symbolic link to a parent, fast-glob's default found three files 83 times. Not following links makes
  // "only files" leave out links to files, so folders are told apart here.
  const options = {
    cwd: from,
    dot: filter.hidden,
    followSymbolicLinks: false,
    onlyFiles: false,
    suppressErrors: true,
  } as const;
  const entries = await fastGlob(pattern, { ...options, ignore: ["**/.git/**"], objectMode: true });
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  const base = resolve(from, fastGlob.generateTasks(pattern)[0]?.base ?? ".");
  const rules = await IgnoreRules.around(base);
  const files: string[] = [];
  const skipped: SkippedPath[] = [];
  for (const { path: below, dirent } of entries) {
    if (dirent.isDirectory()) continue;
    const path = folder === "" ? below : `${folder}/${below}`;
    const absolute = resolve(cwd, path);
    const isIgnored = filter.gitignore && (await rules.ignores(absolute, false));
    if (!isIgnored && filter.leavesOut(gitPath(base, absolute, false))) continue;
    const reason = isIgnored ? "is ignored by .gitignore" : await troubleOf(absolute, dirent.isFile());
    if (reason === undefined) files.push(path);
    else skipped.push({ path, reason, named: false });
  }
  return { files, skipped: [...skipped, ...filter.skipped(glob)] };
}

/** The folders that a glob begins with, where their names would mean something in it but are there as they stand. */
async function literalFolder(glob: string, cwd: string): Promise<{ folder: string; pattern: string }> {
  const steps = glob.split("/");
  for (let end = steps.length - 1; end > 0; end--) {
    const folder = steps.slice(0, end).join("/");
    if (!/[*?()[\]{}!+@|]/u.test(folder)) break;
    if (await isFolder(resolve(cwd, folder))) return { folder, pattern: steps.slice(end).join("/") };
  }
  return { folder: "", pattern: glob };
}

async function troubleOf(path: string, isFile: boolean): Promise<string | undefined> {
  return (isFile ? undefined : await describeOddity(path)) ?? (await examineFile(path))?.reason;
}

/** To fast-glob a backslash is an escape; on Windows it stands between folders, and the shell leaves globs as they are. */
function withSlashes(path: string, platform: NodeJS.Platform): string {
  return platform === "win32" ? path.replaceAll("\\", "/") : path;
}
