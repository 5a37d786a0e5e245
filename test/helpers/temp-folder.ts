import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder of the test's own with these files in it (name → content), removed when the test is done. */
export async function tempFolder(files: Files = {}): Promise<string> {
  const folder = await newFolder(files);
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** The same for several tests: whoever makes it removes it. */
export async function newFolder(files: Files = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "focus-test-"));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}
