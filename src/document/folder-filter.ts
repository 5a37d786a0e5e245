import ignore, { type Ignore } from "ignore";
import type { SkippedPath } from "./discovered.ts";

/** What is read of folders and globs; a file that is named is always read. */
export type FolderFilterOptions = {
  /** Patterns as in .gitignore, which count from the folder that is walked; only files that match one are read. */
  readonly include?: readonly string[] | undefined;
  /** The same; no file or folder that matches one is read. */
  readonly exclude?: readonly string[] | undefined;
  /** Whether names that begin with a dot are read, too; `.git` never is. Otherwise false. */
  readonly hidden?: boolean | undefined;
  /** Whether `.gitignore` counts. Otherwise true. */
  readonly ignore?: boolean | undefined;
  /** Absolute folder that is walked → the folder that patterns count from; otherwise the same. */
  readonly patternsFrom?: ((folder: string) => string) | undefined;
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

  /** Whether a path, or a folder in it, is excluded; it is relative, with slashes, a folder's ending in one. */
  excludes(path: string): boolean {
    return this.#exclude.ignores(path);
  }

  /** Whether files of this path are wanted, unless they are excluded. A folder may hold some in any case. */
  includes(path: string): boolean {
    return path.endsWith("/") || this.#include === undefined || this.#include.ignores(path);
  }

  /** Whether a path that is come across is not read, by include and exclude; then it is counted. */
  leavesOut(path: string): boolean {
    if (this.includes(path) && !this.excludes(path)) return false;
    this.#leftOut[path.endsWith("/") ? "folders" : "files"] += 1;
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
