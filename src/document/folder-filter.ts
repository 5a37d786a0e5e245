import ignore, { type Ignore } from "ignore";
import type { SkippedPath } from "./discovered.ts";

/** What is read of folders and globs; a file that is named is always read. */
export type FolderFilterOptions = {
  /** Patterns as in .gitignore, from the folder that is walked on; only files that match one are read. */
  readonly include?: readonly string[] | undefined;
  /** The same; no file or folder that matches one is read. */
  readonly exclude?: readonly string[] | undefined;
  /** Whether names that begin with a dot are read, too; `.git` never is. Otherwise false. */
  readonly hidden?: boolean | undefined;
  /** Whether `.gitignore` counts. Otherwise true. */
  readonly ignore?: boolean | undefined;
};

/** Decides about the paths of one folder or glob, and counts what it leaves out. */
export class FolderFilter {
  readonly hidden: boolean;
  readonly gitignore: boolean;
  readonly #include: Ignore | undefined;
  readonly #exclude: Ignore;
  readonly #leftOut = { files: 0, folders: 0 };

  constructor({ include, exclude = [], hidden = false, ignore: gitignore = true }: FolderFilterOptions) {
    this.hidden = hidden;
    this.gitignore = gitignore;
    this.#include = include === undefined ? undefined : ignore().add([...include]);
    this.#exclude = ignore().add([...exclude]);
  }

  hides(name: string): boolean {
    return name === ".git" || (name.startsWith(".") && !this.hidden);
  }

  /** `path` is relative, with slashes, a folder's ending in one. What is left out is counted. */
  leavesOut(path: string): boolean {
    const isFolder = path.endsWith("/");
    const isWanted = isFolder || this.#include === undefined || this.#include.ignores(path);
    if (isWanted && !this.#exclude.ignores(path)) return false;
    this.#leftOut[isFolder ? "folders" : "files"] += 1;
    return true;
  }

  /** What was left out of `path`, as one entry: who excludes files wants no line for each. */
  skipped(path: string): SkippedPath[] {
    const { files, folders } = this.#leftOut;
    const parts = [
      ...(files === 0 ? [] : [files === 1 ? "1 file" : `${files} files`]),
      ...(folders === 0 ? [] : [folders === 1 ? "1 folder" : `${folders} folders`]),
    ];
    if (parts.length === 0) return [];
    return [{ path, reason: `${parts.join(" and ")} left out by include and exclude`, named: false }];
  }
}
