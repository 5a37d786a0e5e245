import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { unlessMissing } from "./system-error.ts";

/** How many files a folder and those in it have, and their bytes. A file may go meanwhile: whoever writes there tidies up. */
export async function folderTally(dir: string): Promise<{ readonly files: number; readonly bytes: number }> {
  const entries = (await unlessMissing(readdir(dir, { recursive: true, withFileTypes: true }))) ?? [];
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const stats = await Promise.all(paths.map((path) => unlessMissing(stat(path))));
  const there = stats.filter((file) => file !== undefined);
  return { files: there.length, bytes: there.reduce((sum, { size }) => sum + size, 0) };
}
