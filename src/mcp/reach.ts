import { realpath, stat } from "node:fs/promises";
import { sep } from "node:path";
import { discover } from "../document/discover.ts";
import type { Discovered, SkippedPath } from "../document/discovered.ts";
import { FolderFilter, type FolderFilterOptions } from "../document/folder-filter.ts";
import { gitPath } from "../document/ignore-rules.ts";
import { InputError } from "../errors.ts";
import { describeSystemError, inputErrorCode } from "../fs/read-error.ts";
import { pathInRoot, type Root, rootOf } from "./roots.ts";

const OUTSIDE = "is not in the roots";
const EXCLUDED = "is excluded by the server's settings";
const NOT_INCLUDED = "is not included by the server's settings";

/** What a path is, which nobody knows before it is looked up. */
type Kind = "file" | "folder" | "unknown";

/**
 * What clients may read: of the roots what the settings leave in. On the command line a file that is named is read whatever
 * they say, since a person names it; here a program does, and what the person left out stays out.
 */
export class Reach {
  readonly roots: readonly Root[];
  readonly #options: FolderFilterOptions;
  readonly #filter: FolderFilter;

  constructor(roots: readonly Root[], options: FolderFilterOptions) {
    this.roots = roots;
    // A folder in a root is walked as a part of it.
    const patternsFrom = (folder: string): string => rootOf(folder, roots)?.path ?? folder;
    this.#options = { ...options, patternsFrom };
    this.#filter = new FolderFilter(options);
  }

  /**
   * Files and folders that a client named, as files to read; absolute paths. No pattern is expanded, and what lies outside
   * the roots, by "..", by a link or by name, is as if it were not there. Throws InputError for a path that is not in them,
   * for one that the settings leave out, and where nothing can be read.
   */
  async find(paths: readonly string[]): Promise<Discovered> {
    const named = await Promise.all(paths.map((path) => this.#locate(path)));
    const { files, skipped } = await discover(named, { ...this.#options, cwd: sep });
    const within: string[] = [];
    const links: SkippedPath[] = [];
    for (const path of files) {
      const trouble = this.#troubleBehind(await realpath(path), "file");
      if (trouble === undefined) within.push(path);
      else links.push({ path, reason: `is a link to what ${trouble}`, named: true });
    }
    const [first] = links;
    if (within.length === 0 && first !== undefined) throw this.#refused(first.path, first.reason);
    return { files: within, skipped: [...skipped, ...links] };
  }

  /** The absolute path of what a client named: relative paths start from each root in turn. Throws InputError. */
  async #locate(path: string): Promise<string> {
    let failure: InputError | undefined;
    for (const root of this.roots) {
      // Before anything is looked up: whether there is a file elsewhere is nobody's business either.
      const absolute = pathInRoot(path, root);
      if (absolute === undefined) continue;
      try {
        const trouble = this.#troubleOf(absolute, "unknown") ?? (await this.#troubleThere(absolute));
        if (trouble === undefined) return absolute;
        failure ??= this.#refused(path, trouble);
      } catch (error) {
        failure ??= new InputError(`${path}: ${describeSystemError(error)}`, {
          code: inputErrorCode(error),
          hint: "the tool documents lists what there is",
        });
      }
    }
    throw failure ?? this.#refused(path, OUTSIDE);
  }

  /** Throws the system's error where nothing is there. */
  async #troubleThere(absolute: string): Promise<string | undefined> {
    const real = await realpath(absolute);
    const kind = (await stat(real)).isDirectory() ? "folder" : "file";
    return this.#troubleBehind(real, kind) ?? this.#troubleOf(absolute, kind);
  }

  /** Why clients may not read a path in the roots, by its name; undefined where nothing is against it. */
  #troubleOf(absolute: string, kind: Kind): string | undefined {
    const path = this.#fromRoot(absolute, kind);
    if (path === "") return undefined;
    if (path.split("/").some((name) => this.#filter.hides(name))) return "is hidden";
    if (this.#filter.excludes(path)) return EXCLUDED;
    return kind === "file" && !this.#filter.includes(path) ? NOT_INCLUDED : undefined;
  }

  /** The same of what is behind a link: that may lie in a hidden folder and have any name, as in a store of files. */
  #troubleBehind(real: string, kind: Kind): string | undefined {
    if (rootOf(real, this.roots) === undefined) return OUTSIDE;
    const path = this.#fromRoot(real, kind);
    return path !== "" && this.#filter.excludes(path) ? EXCLUDED : undefined;
  }

  /** As the filter takes it; empty for a root, which a person named. */
  #fromRoot(absolute: string, kind: Kind): string {
    const root = rootOf(absolute, this.roots)?.path ?? absolute;
    return root === absolute ? "" : gitPath(root, absolute, kind === "folder");
  }

  #refused(path: string, trouble: string): InputError {
    const list = this.roots.map((root) => root.path).join(", ");
    const where = list === "" ? "there are no roots" : `the roots are ${list}`;
    const hint = trouble === OUTSIDE ? where : "the tool documents lists what may be read";
    return new InputError(`${path} ${trouble}`, { code: "input.not-permitted", hint });
  }
}
