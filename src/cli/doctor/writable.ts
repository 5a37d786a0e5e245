import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Whether files could be made there; a folder that does not exist yet is looked for upwards, not made. */
export async function isWritable(folder: string): Promise<boolean> {
  const existing = await nearestExisting(folder);
  const isFolder = (await stat(existing)).isDirectory();
  return (
    isFolder &&
    access(existing, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    )
  );
}

async function nearestExisting(path: string): Promise<string> {
  let existing = path;
  while (dirname(existing) !== existing && !(await exists(existing))) existing = dirname(existing);
  return existing;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
