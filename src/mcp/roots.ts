import { realpath, stat } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { isWithin } from "../fs/is-within.ts";
import { describeSystemError } from "../fs/read-error.ts";

/** A folder or file that clients may name paths in. */
export type Root = {
  /** Absolute, and no link. */
  readonly path: string;
  /** Absolute, as it was named: it may be a link, or lie behind one. */
  readonly named: string;
  readonly isFolder: boolean;
};

/** Throws UsageError for a root that is not there. */
export async function openRoots(paths: readonly string[], cwd: string): Promise<readonly Root[]> {
  const open = async (path: string): Promise<Root> => {
    try {
      const named = resolve(cwd, path);
      const real = await realpath(named);
      return { path: real, named, isFolder: (await stat(real)).isDirectory() };
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

/**
 * The absolute path below a root's own that a client means by `path`, which starts from the root or names it by either of its
 * names; undefined where that lies outside. Nothing is looked up.
 */
export function pathInRoot(path: string, root: Root): string | undefined {
  for (const name of new Set([root.path, root.named])) {
    const absolute = resolve(root.isFolder ? name : dirname(name), path);
    if (isInside(absolute, { path: name, isFolder: root.isFolder })) {
      return resolve(root.path, relative(name, absolute));
    }
  }
  return undefined;
}

function isInside(absolute: string, { path, isFolder }: Pick<Root, "path" | "isFolder">): boolean {
  return isFolder ? isWithin(absolute, path) : absolute === path;
}
