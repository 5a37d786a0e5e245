import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type DiscoverOptions, discover } from "../../document/discover.ts";
import { InputError } from "../../errors.ts";
import { fileVersion } from "../../fs/file-version.ts";
import { unlessRefused } from "../../fs/system-error.ts";
import { type Changes, type FileVersions, Settled } from "./settled.ts";

/** Between two looks; more where a look takes long, so that looking takes a twentieth of the time at most. */
const EVERY_MS = 1000;
const LOOK_SHARE = 20;

export type WatchOptions = DiscoverOptions & {
  /** Ends watching; its reason is thrown. */
  readonly signal: AbortSignal;
};

/** Files that are there, by their versions; one that cannot be looked at is left out. */
export async function versionsOf(files: readonly string[], cwd: string): Promise<FileVersions> {
  const versions = new Map<string, string>();
  for (const file of files) {
    const version = await unlessRefused(fileVersion(resolve(cwd, file)));
    if (version !== undefined) versions.set(file, version);
  }
  return versions;
}

/**
 * What happens to the files of these paths from `now` on. Looks again and again instead of listening: the same on every
 * platform and on network drives, and nothing is missed where an editor replaces files by renaming. Throws the signal's reason.
 */
export async function* watch(
  paths: readonly string[],
  now: FileVersions,
  { signal, ...options }: WatchOptions,
): AsyncGenerator<Changes> {
  const settled = new Settled(now);
  let lookMs = 0;
  for (;;) {
    await sleep(Math.max(EVERY_MS, LOOK_SHARE * lookMs), undefined, { signal, ref: true });
    const startMs = performance.now();
    const changes = settled.look(await look(paths, options));
    lookMs = performance.now() - startMs;
    if (changes.changed.length > 0 || changes.gone.length > 0) yield changes;
  }
}

/** Nothing that can be read is no error while one waits for it. */
async function look(paths: readonly string[], options: DiscoverOptions): Promise<FileVersions> {
  try {
    return await versionsOf((await discover(paths, options)).files, options.cwd);
  } catch (error) {
    if (error instanceof InputError) return new Map();
    throw error;
  }
}
