import { statfs } from "node:fs/promises";
import { ModelError } from "../../errors.ts";

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** Throws ModelError, with figures, unless so many bytes more fit on the disk of that folder. */
export async function requireDiskSpace(dir: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dir);
  const freeBytes = bavail * bsize;
  if (bytes <= freeBytes) return;
  throw new ModelError(
    `${dir}: ${megabytes(bytes)} are needed on its disk, and ${megabytes(freeBytes)} are free`,
    {
      hint: "make room, choose a smaller model, or set FOCUS_HOME to a folder on another disk",
    },
  );
}
