import { stat } from "node:fs/promises";

/** Whether a folder is there, or a link to one; false as well where the file system does not tell. */
export function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
