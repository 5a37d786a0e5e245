import { readFile, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

import ignore, { type Ignore } from "ignore";

import { isWithin } from "../fs/is-within.ts";

/**
 * What `.gitignore` files say about paths: those of every folder between the repository's root (or `root`, outside a
 * repository) and the path. Deeper files win, as in git. Each file is read once.
 */
export class IgnoreRules {
  readonly #root: string;
  readonly #byFolder = new Map<string, Promise<Ignore | undefined>>();

  private constructor(root: string) {
    this.#root = root;
  }

  /** Rules for what lies below `folder`, an absolute path. */
  static async around(folder: string): Promise<IgnoreRules> {
    const rules = new IgnoreRules((await repositoryRoot(folder)) ?? folder);
    // Who names an ignored folder wants it read: then only the rules inside it count.
    return (await rules.ignores(folder, true)) ? new IgnoreRules(folder) : rules;
  }

  /** `path` is absolute and below the folder that these rules are around. */
  async ignores(path: string, isFolder: boolean): Promise<boolean> {
    for (let folder = dirname(path); isWithin(folder, this.#root); folder = dirname(folder)) {
      const verdict = (await this.#rulesOf(folder))?.test(gitPath(folder, path, isFolder));
      if (verdict?.ignored) return true;
      if (verdict?.unignored) return false;
      if (folder === this.#root) return false;
    }
    return false;
  }

  #rulesOf(folder: string): Promise<Ignore | undefined> {
    let rules = this.#byFolder.get(folder);
    if (rules === undefined) {
      rules = readRules(folder);
      this.#byFolder.set(folder, rules);
    }
    return rules;
  }
}

async function readRules(folder: string): Promise<Ignore | undefined> {
  try {
    return ignore().add(await readFile(join(folder, ".gitignore"), "utf8"));
  } catch {
    // Absent or unreadable: git goes on without it, too.
    return undefined;
  }
}

async function repositoryRoot(folder: string): Promise<string | undefined> {
  for (let here = folder; ; here = dirname(here)) {
    const git = await stat(join(here, ".git")).catch(() => undefined);
    if (git !== undefined) return here;
    if (dirname(here) === here) return undefined;
  }
}

/** The form that .gitignore patterns are about: relative, with slashes, a folder ending in one. */
export function gitPath(folder: string, path: string, isFolder: boolean): string {
  return relative(folder, path).split(sep).join("/") + (isFolder ? "/" : "");
}
