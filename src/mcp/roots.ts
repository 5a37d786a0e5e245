import { realpath, stat } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { discover } from "../document/discover.ts";
import type { Discovered } from "../document/discovered.ts";
import { InputError, UsageError } from "../errors.ts";
import { describeSystemError, inputErrorCode } from "../fs/read-error.ts";

/** A folder or file that clients may name paths in; absolute, and no link. */
export type Root = { readonly path: string; readonly isFolder: boolean };

/** Throws UsageError for a root that is not there. */
export async function openRoots(paths: readonly string[], cwd: string): Promise<readonly Root[]> {
  const open = async (path: string): Promise<Root> => {
    try {
      const real = await realpath(resolve(cwd, path));
      return { path: real, isFolder: (await stat(real)).isDirectory() };
    } catch (cause) {
      throw new UsageError(`the root ${path}: ${describeSystemError(cause)}`, {
        hint: "name folders or files that clients may read",
        cause,
      });
    }
  };
  return Promise.all(paths.map(open));
}

/**
 * Files and folders that a client named, as files to read; absolute paths. No pattern is expanded, and what lies outside
 * the roots, by "..", by a link or by name, is as if it were not there. Throws InputError for a path that is not in them, and
 * where nothing can be read.
 */
export async function findInside(paths: readonly string[], roots: readonly Root[]): Promise<Discovered> {
  const named = await Promise.all(paths.map((path) => locate(path, roots)));
  const { files, skipped } = await discover(named, { cwd: sep });
  const inside: string[] = [];
  const outside: string[] = [];
  for (const file of files) (isInside(await realpath(file), roots) ? inside : outside).push(file);
  if (inside.length === 0) throw notInside(outside[0] ?? "the path", roots);
  const reason = "is a link that leads outside the roots";
  return { files: inside, skipped: [...skipped, ...outside.map((path) => ({ path, reason, named: true }))] };
}

/** The absolute path of what a client named: relative paths start from each root in turn. Throws InputError. */
export async function locate(path: string, roots: readonly Root[]): Promise<string> {
  let missing: unknown;
  for (const root of roots) {
    const absolute = resolve(root.isFolder ? root.path : dirname(root.path), path);
    // Before anything is looked up: whether there is a file elsewhere is nobody's business either.
    if (!isLexicallyInside(absolute, root)) continue;
    try {
      if (isInside(await realpath(absolute), roots)) return absolute;
    } catch (error) {
      missing ??= error;
    }
  }
  if (missing === undefined) throw notInside(path, roots);
  throw new InputError(`${path}: ${describeSystemError(missing)}`, {
    code: inputErrorCode(missing),
    hint: "the tool documents lists what there is",
  });
}

function isInside(real: string, roots: readonly Root[]): boolean {
  return roots.some((root) => isLexicallyInside(real, root));
}

function isLexicallyInside(absolute: string, { path, isFolder }: Root): boolean {
  const folder = path.endsWith(sep) ? path : `${path}${sep}`;
  return absolute === path || (isFolder && absolute.startsWith(folder));
}

function notInside(path: string, roots: readonly Root[]): InputError {
  const list = roots.map((root) => root.path).join(", ");
  return new InputError(`${path} is not in the roots`, {
    code: "input.not-permitted",
    hint: roots.length === 0 ? "there are no roots" : `the roots are ${list}`,
  });
}
