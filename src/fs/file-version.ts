import { stat } from "node:fs/promises";

/** What a file's bytes are told apart by without reading them: another one after every write. Throws the system's error. */
export async function fileVersion(path: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path);
  return `${size} ${mtimeMs} ${ino}`;
}
