import { lstat, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "../errors.ts";
import { temporaryBeside } from "../fs/publish.ts";
import { describeError, errorCode } from "../fs/system-error.ts";

/** Where a result goes: into a file that is replaced whole, or straight into a device or a pipe. */
type Target = {
  readonly path: string;
  readonly isFile: boolean;
  /** Permissions of the file that is replaced. */
  readonly mode?: number;
};

/**
 * Throws UsageError for the path of a folder, and where nothing can be written. Tells by writing an empty file beside
 * it, as `replaceFile` will.
 */
export async function requireReplaceable(path: string, name: string): Promise<void> {
  const target = await targetOf(path, name);
  if (!target.isFile) return;
  const temporary = temporaryBeside(target.path);
  try {
    await writeFile(temporary, "");
  } catch (cause) {
    throw unwritable(path, name, cause);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/**
 * Writes a file whole or not at all: what reads it sees the old text or the new one. Throws UsageError, in which `name` is
 * what the path came from.
 */
export async function replaceFile(path: string, text: string, name = "--output"): Promise<void> {
  const target = await targetOf(path, name);
  try {
    await (target.isFile ? exchange(target, text) : writeFile(target.path, text));
  } catch (cause) {
    throw unwritable(path, name, cause);
  }
}

async function exchange({ path, mode }: Target, text: string): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    const file = await open(temporary, "w");
    try {
      if (mode !== undefined) await file.chmod(mode);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}

/** Whether -o is written like a folder's name. */
export function namesFolder(output: string): boolean {
  return /[/\\]$/u.test(output);
}

/** Whether two names, through whatever links, are one file that is there. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path).catch(() => undefined)));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/** A link stays one: what it names is written. */
async function targetOf(path: string, name: string): Promise<Target> {
  const stats = await stat(path).catch((cause: unknown) => {
    // A temporary name would do all the same, and only the last step fail.
    if (isNameTooLong(cause)) throw unwritable(path, name, cause);
    return undefined;
  });
  if (stats?.isDirectory()) throw new UsageError(`${name} ${path} is a folder, expected a file`);
  if (stats?.isFile()) return { path: await realpath(path), isFile: true, mode: stats.mode };
  if (stats !== undefined) return { path, isFile: false };
  if ((await lstat(path).catch(() => undefined)) !== undefined) {
    throw new UsageError(`${name} ${path} is a link to a file that is not there`);
  }
  const parent = await stat(dirname(path)).catch(() => undefined);
  if (parent?.isDirectory() !== true) throw new UsageError(`${name} ${path}: its folder does not exist`);
  return { path, isFile: true };
}

function unwritable(path: string, name: string, cause: unknown): UsageError {
  const hint = isNameTooLong(cause) ? "give it a shorter name" : "name a file in another folder";
  return new UsageError(`${name} ${path} cannot be written: ${describeError(cause)}`, { hint, cause });
}

/** Whether a file could not be written, or looked for, since its name is too long. */
export function isNameTooLong(error: unknown): boolean {
  return errorCode(error) === "ENAMETOOLONG";
}
