import { randomBytes } from "node:crypto";
import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { publish } from "../../fs/publish.ts";
import { unlessMissing } from "../../fs/system-error.ts";
import { entries, temporaryFolder } from "./store-layout.ts";

const NAME = /^\d+-[0-9a-f]{16}\.part$/u;

/**
 * A chunk is written in seconds: what is older was left behind. A pid tells nothing: another machine that shares the store may
 * have given it out, or this one given it out again.
 */
const STALE_MS = 10 * 60_000;

/** A new name beside the final ones, so that renaming never crosses file systems. */
export function temporaryName(dir: string): string {
  return join(temporaryFolder(dir), `${process.pid}-${randomBytes(8).toString("hex")}.part`);
}

/** Deletes what killed processes have left behind; returns how many files that were. */
export async function deleteLeftovers(dir: string, nowMs: number): Promise<number> {
  let deleted = 0;
  for (const name of await entries(temporaryFolder(dir))) {
    if (!NAME.test(name)) continue;
    const path = join(temporaryFolder(dir), name);
    const found = await unlessMissing(stat(path));
    if (found === undefined || nowMs - found.mtimeMs < STALE_MS) continue;
    await rm(path, { force: true });
    deleted += 1;
  }
  return deleted;
}

/** Writes a small file, for its user alone, whole or not at all. */
export async function writeAtomically(dir: string, path: string, text: string): Promise<void> {
  const temporary = temporaryName(dir);
  try {
    await writeFile(temporary, text, { flag: "wx", flush: true, mode: 0o600 });
    await publish(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
