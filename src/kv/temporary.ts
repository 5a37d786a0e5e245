import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { entries, temporaryFolder } from "./store-layout.ts";
import { errorCode, unlessMissing } from "./system-error.ts";

const NAME = /^(\d+)-[0-9a-f]{16}\.part$/u;

/** A chunk is written in seconds: what is older was left behind, and its pid was given out again. */
const STALE_MS = 10 * 60_000;

/** A new name beside the final ones, so that renaming never crosses file systems. */
export function temporaryName(dir: string): string {
  return join(temporaryFolder(dir), `${process.pid}-${randomBytes(8).toString("hex")}.part`);
}

/** Deletes what processes that are gone have left behind; returns how many files that were. */
export async function deleteLeftovers(dir: string, nowMs: number): Promise<number> {
  let deleted = 0;
  for (const name of await entries(temporaryFolder(dir))) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined) continue;
    const path = join(temporaryFolder(dir), name);
    const found = await unlessMissing(stat(path));
    if (found === undefined || (isAlive(Number(pid)) && nowMs - found.mtimeMs < STALE_MS)) continue;
    await rm(path, { force: true });
    deleted += 1;
  }
  return deleted;
}

/** Whether a process of this machine has the pid. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and another user's.
    return errorCode(error) === "EPERM";
  }
}

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

/** Gives a finished file its final name, at once and for good: whoever looks sees all of it or nothing. */
export async function publish(temporary: string, path: string): Promise<void> {
  await makeFolder(dirname(path));
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Writes a small file whole or not at all. */
export async function writeAtomically(dir: string, path: string, text: string): Promise<void> {
  const temporary = temporaryName(dir);
  try {
    await writeFile(temporary, text, { flag: "wx", flush: true });
    await publish(temporary, path);
  } finally {
    await rm(temporary, { force: true });
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
