import { resolve } from "node:path";

import fastGlob from "fast-glob";

import type { Discovered, SkippedPath } from "./discovered.ts";
import { describeOddity, examineFile } from "./examine.ts";
import { FolderFilter, type FolderFilterOptions } from "./folder-filter.ts";
import { gitPath, IgnoreRules } from "./ignore-rules.ts";

/** Whether a path has characters that mean something in a glob. */
export function isGlob(path: string, platform: NodeJS.Platform = process.platform): boolean {
  return path !== "" && fastGlob.isDynamicPattern(withSlashes(path, platform));
}

/** The readable files that a glob matches, in name order; `.gitignore` and the filter count as they do in folders. */
export async function expandGlob(
  glob: string,
  { cwd, ...filterOptions }: FolderFilterOptions & { readonly cwd: string },
  platform: NodeJS.Platform = process.platform,
): Promise<Discovered> {
  const pattern = withSlashes(glob, platform);
  const filter = new FolderFilter(filterOptions);
  // Through one symbolic link to a parent, fast-glob's default found three files 83 times. Not following links makes
  // "only files" leave out links to files, so folders are told apart here.
  const options = {
    cwd,
    dot: filter.hidden,
    followSymbolicLinks: false,
    onlyFiles: false,
    suppressErrors: true,
  } as const;
  const entries = await fastGlob(pattern, { ...options, ignore: ["**/.git/**"], objectMode: true });
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  const base = resolve(cwd, fastGlob.generateTasks(pattern)[0]?.base ?? ".");
  const rules = await IgnoreRules.around(base);
  const files: string[] = [];
  const skipped: SkippedPath[] = [];
  for (const { path, dirent } of entries) {
    if (dirent.isDirectory()) continue;
    const absolute = resolve(cwd, path);
    const isIgnored = filter.gitignore && (await rules.ignores(absolute, false));
    if (!isIgnored && filter.leavesOut(gitPath(base, absolute, false))) continue;
    const reason = isIgnored ? "is ignored by .gitignore" : await troubleOf(absolute, dirent.isFile());
    if (reason === undefined) files.push(path);
    else skipped.push({ path, reason, named: false });
  }
  return { files, skipped: [...skipped, ...filter.skipped(glob)] };
}

async function troubleOf(path: string, isFile: boolean): Promise<string | undefined> {
  return (isFile ? undefined : await describeOddity(path)) ?? (await examineFile(path))?.reason;
}

/** To fast-glob a backslash is an escape; on Windows it stands between folders, and the shell leaves globs as they are. */
function withSlashes(path: string, platform: NodeJS.Platform): string {
  return platform === "win32" ? path.replaceAll("\\", "/") : path;
}
