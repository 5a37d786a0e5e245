import { readdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../../errors.ts";
import { unlessMissing } from "../../fs/system-error.ts";

/** Throws ModelError, with figures, unless so many bytes more fit on the disk of that folder. */
export async function requireDiskSpace(dir: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dir);
  const freeBytes = bavail * bsize;
  if (bytes <= freeBytes) return;
  const megabytes = (value: number): string => `${Math.round(value / 1e6)} MB`;
  throw new ModelError(
    `${dir}: ${megabytes(bytes)} are needed on its disk, and ${megabytes(freeBytes)} are free`,
    {
      hint: "make room, choose a smaller model, or set FOCUS_HOME to a folder on another disk",
    },
  );
}

/** Bytes of all files in a folder, those in its folders too. A file may go meanwhile: whoever writes there tidies up. */
export async function folderBytes(dir: string): Promise<number> {
  const entries = (await unlessMissing(readdir(dir, { recursive: true, withFileTypes: true }))) ?? [];
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(async (file) => (await unlessMissing(stat(file)))?.size ?? 0));
  return sizes.reduce((sum, size) => sum + size, 0);
}
