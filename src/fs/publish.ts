import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode } from "./system-error.ts";

/**
 * Makes a folder and those above it. Not by mkdir's `recursive`, which in Node 20 never comes back where a folder's own
 * parent refuses with ENOENT, as /proc does, and calls a read-only file system a missing folder.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === "EEXIST") return;
    if (code !== "ENOENT" || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path).catch(unlessThere);
  }
}

/** Another process may have been faster. */
function unlessThere(error: unknown): void {
  if (errorCode(error) !== "EEXIST") throw error;
}

/** A hidden name in the same folder, since a rename is atomic only within one file system; as short for long names as for others. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.focus-${process.pid}-${randomBytes(4).toString("hex")}.tmp`);
}

/** Gives a finished file its final name, at once and for good: whoever looks sees all of it or nothing. */
export async function publish(temporary: string, path: string): Promise<void> {
  await makeFolder(dirname(path));
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Writes a small file whole or not at all. `mode`: of a file that is the user's own, 0o600. Throws what the file system throws. */
export async function publishText(path: string, text: string, mode?: number): Promise<void> {
  const temporary = temporaryBeside(path);
  await makeFolder(dirname(path));
  try {
    await writeFile(temporary, text, { flag: "wx", flush: true, ...(mode === undefined ? {} : { mode }) });
    await publish(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Makes a rename survive a power cut, where the platform can: Windows opens no folders, some file systems sync none. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (!["EPERM", "EISDIR", "EACCES", "EINVAL", "ENOTSUP"].includes(errorCode(error) ?? "")) throw error;
  }
}
