import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../errors.ts";
import { describeError, errorCode, unlessMissing } from "../fs/system-error.ts";
import { parsePartName, partName, readParts } from "./gguf/gguf-parts.ts";

// <dir>/<name>.gguf                     a model in one file
// <dir>/<name>-00001-of-00003.gguf …    a split one
// <dir>/.pull/<name>/                   what an unfinished pull has so far
// <dir>/.pull/<name>.lock               held by the process that pulls
// <dir>/.faster/<fingerprint>.gguf      a model in a form that a CPU computes faster

/** A model in the models folder. */
export type FolderModel = {
  readonly name: string;
  /** The file, or the first of a split model. */
  readonly path: string;
  /** All its files, those that should be there included. */
  readonly paths: readonly string[];
};

export function pullFolder(dir: string): string {
  return join(dir, ".pull");
}

export function fasterFolder(dir: string): string {
  return join(dir, ".faster");
}

export function workFolder(dir: string, name: string): string {
  return join(pullFolder(dir), name);
}

export function lockPath(dir: string, name: string): string {
  return join(pullFolder(dir), `${name}.lock`);
}

/** Whatever lies in the folder under a model's name, whole or not, by name. Throws ModelError when it cannot be read. */
export async function modelsIn(dir: string): Promise<readonly FolderModel[]> {
  const names = (await readNames(dir)).filter((name) => name.endsWith(".gguf"));
  return names
    .flatMap((file): FolderModel[] => {
      const part = parsePartName(file);
      if (part === undefined) {
        return [{ name: file.slice(0, -".gguf".length), path: join(dir, file), paths: [join(dir, file)] }];
      }
      if (part.number !== 1) return [];
      const files = Array.from({ length: part.count }, (_, index) =>
        partName({ ...part, number: index + 1 }),
      );
      return [{ name: part.stem, path: join(dir, file), paths: files.map((name) => join(dir, name)) }];
    })
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** The model of that name, with or without ".gguf", if need be whatever the case of its letters. */
export async function findIn(dir: string, wanted: string): Promise<FolderModel | undefined> {
  const name = wanted.replace(/\.gguf$/iu, "");
  const models = await modelsIn(dir);
  return (
    models.find((model) => model.name === name) ??
    models.find((model) => model.name.toLowerCase() === name.toLowerCase())
  );
}

/**
 * What is wrong with a model's file: not a GGUF, damaged, or shorter than the tensors that it declares. Reads its header
 * alone, in tens of milliseconds: a model that is here is not hashed again.
 */
export function problemOf({ path }: Pick<FolderModel, "path">): string | undefined {
  try {
    readParts(path);
    return undefined;
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
}

export async function sizeOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(async (path) => (await unlessMissing(stat(path)))?.size ?? 0));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function readNames(dir: string): Promise<readonly string[]> {
  try {
    return (await unlessMissing(readdir(dir))) ?? [];
  } catch (cause) {
    throw folderError(dir, cause);
  }
}

/** What the file system refuses in the models folder, as a ModelError; any other error as it is. */
export function folderError(dir: string, cause: unknown): unknown {
  if (errorCode(cause) === undefined) return cause;
  return new ModelError(`the models folder ${dir} cannot be used: ${describeError(cause)}`, {
    hint: "check its rights and the space on its disk, or set FOCUS_HOME to another folder",
    cause,
  });
}
