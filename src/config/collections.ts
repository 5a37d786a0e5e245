import { readdir, readFile, rm } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { UsageError } from "../errors.ts";
import { publishText } from "../fs/publish.ts";
import { describeError, unlessMissing } from "../fs/system-error.ts";
import { suggest } from "./suggest.ts";

/** Paths that go by a name: files, folders and globs, absolute. */
export type Collection = { readonly name: string; readonly paths: readonly string[] };

/** Lower case, so that names differ on every file system. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/u;
const ENDING = ".txt";

/** A name as it was typed, with or without "@". Throws UsageError for what cannot be one. */
export function collectionName(typed: string): string {
  const name = typed.replace(/^@/u, "");
  if (NAME.test(name)) return name;
  const file = isCollection(typed) ? `; a file of that name is ./${typed}` : "";
  throw new UsageError(`${JSON.stringify(typed)} cannot be the name of a collection`, {
    hint: `expected up to 64 small letters, digits, dots, hyphens and underscores, such as reports-2024${file}`,
  });
}

/** Collections of the user, in a folder of the settings folder: a file for each, in it a path a line. */
export class Collections {
  readonly #folder: string;

  constructor(configFolder: string) {
    this.#folder = join(configFolder, "collections");
  }

  /** All, in the order of their names. Throws UsageError where they cannot be read. */
  async list(): Promise<readonly Collection[]> {
    const files = await this.#attempt(unlessMissing(readdir(this.#folder)));
    const names = (files ?? [])
      .filter((file) => file.endsWith(ENDING))
      .map((file) => file.slice(0, -ENDING.length))
      .filter((name) => NAME.test(name));
    return Promise.all(names.toSorted().map(async (name) => ({ name, paths: (await this.get(name)) ?? [] })));
  }

  /** Its paths; undefined where there is none. Throws UsageError where it cannot be read. */
  async get(name: string): Promise<readonly string[] | undefined> {
    const text = await this.#attempt(unlessMissing(readFile(this.#path(name), "utf8")));
    return text?.split(/\r?\n/u).filter((line) => line !== "");
  }

  /** Throws UsageError, with the names that there are. */
  async require(typed: string): Promise<Collection> {
    const name = collectionName(typed);
    const paths = await this.get(name);
    if (paths === undefined) throw noCollection(name, await this.list());
    if (paths.length > 0) return { name, paths };
    throw new UsageError(`the collection @${name} is empty`, { hint: `focus add ${name} PATH…` });
  }

  /** Makes or replaces it. Throws UsageError where it cannot be written. */
  async save({ name, paths }: Collection): Promise<void> {
    const broken = paths.find((path) => /[\r\n]/u.test(path));
    if (broken !== undefined) {
      throw new UsageError(`${JSON.stringify(broken)} has a line break in its name`, {
        hint: "name the folder that it lies in",
      });
    }
    const text = paths.map((path) => `${path}\n`).join("");
    await this.#attempt(publishText(this.#path(name), text, 0o600));
  }

  /** Documents stay where they are. Throws UsageError where it cannot be deleted. */
  async remove(name: string): Promise<void> {
    await this.#attempt(rm(this.#path(name), { force: true }));
  }

  /** Paths as they were typed, with "@NAME" replaced by what the collection has. Throws UsageError for a name that there is not. */
  async expand(paths: readonly string[]): Promise<readonly string[]> {
    const expanded = await Promise.all(
      paths.map(async (path) => (isCollection(path) ? (await this.require(path)).paths : [path])),
    );
    return expanded.flat();
  }

  #path(name: string): string {
    return join(this.#folder, `${name}${ENDING}`);
  }

  async #attempt<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw new UsageError(`the collections in ${this.#folder}: ${describeError(cause)}`, { cause });
    }
  }
}

/** Whether a path stands for a collection; "./@name" is a file. */
export function isCollection(path: string): boolean {
  return path.startsWith("@");
}

/** An absolute path as it would be typed in `cwd`: relative where it lies there, so that nothing else is called the same. */
export function typedIn(cwd: string, path: string): string {
  const below = relative(cwd, path);
  if (below === "") return ".";
  if (isAbsolute(below) || below === ".." || below.startsWith(`..${sep}`)) return path;
  // "-" is standard input, and "@name" a collection.
  return /^[-@]/u.test(below) ? `.${sep}${below}` : below;
}

function noCollection(name: string, all: readonly Collection[]): UsageError {
  const names = all.map((one) => one.name);
  const near = suggest(name, names);
  const list = names.map((one) => `@${one}`).join(", ");
  const there = names.length === 0 ? `focus add ${name} PATH… makes it` : `there are ${list}`;
  return new UsageError(`there is no collection @${name}`, {
    hint: `${near === undefined ? "" : `did you mean @${near}? `}${there}; a file of that name is ./@${name}`,
  });
}
