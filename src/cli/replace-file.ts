import { open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../errors.ts";

/** Throws UsageError for the path of a folder, and for one in a folder that does not exist. */
export async function refuseFolder(path: string): Promise<void> {
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (isFolder) throw new UsageError(`--output ${path} is a folder, expected a file`);
  const parent = await stat(dirname(path)).catch(() => undefined);
  if (parent?.isDirectory() !== true) throw new UsageError(`--output ${path}: its folder does not exist`);
}

/** Writes a file whole or not at all: what reads it sees the old text or the new one. Throws UsageError. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await refuseFolder(path);
  // In the same folder: a rename is atomic only within one file system.
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = await open(temporary, "w");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--output ${path} cannot be written: ${reason}`, { cause });
  }
}
