import { realpath, stat } from "node:fs/promises";
import { resolve, sep } from "node:path";
import { UsageError } from "../errors.ts";
import { describeSystemError } from "../fs/read-error.ts";

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

/** The root that an absolute path lies in, or is, by its name alone; of several the innermost. */
export function rootOf(absolute: string, roots: readonly Root[]): Root | undefined {
  const around = roots.filter((root) => isInside(absolute, root));
  return around.toSorted((a, b) => b.path.length - a.path.length)[0];
}

export function isInside(absolute: string, { path, isFolder }: Root): boolean {
  const folder = path.endsWith(sep) ? path : `${path}${sep}`;
  return absolute === path || (isFolder && absolute.startsWith(folder));
}
