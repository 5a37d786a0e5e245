import { randomBytes } from "node:crypto";
import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../../fs/process.ts";
import { errorCode, unlessMissing } from "../../fs/system-error.ts";

export type LockOptions = {
  readonly signal: AbortSignal;
  /** Called once, when another process holds the lock. */
  readonly onWait: (pid: number | undefined) => void;
};

const HEARTBEAT_MS = 5000;
const POLL_MS = 300;
const TAKEOVER_MS = 10_000;
const TAKEOVER_POLL_MS = 20;
/**
 * A holder that has not touched its lock for so long, while we looked, is gone: its pid was given out again, or it was
 * on another machine, whose file times may reach this one a minute late.
 */
const SILENT_MS = { here: 20_000, elsewhere: 90_000 };

/** Who holds a lock; the token tells two locks of one process apart. */
type Holder = { readonly pid: number; readonly host: string; readonly token: string };

/**
 * Runs `work` while no other process does so under the same lock file. A lock whose process is gone is taken over at
 * once; a signal that is aborted while waiting throws its reason.
 */
export async function withLock<Result>(
  path: string,
  { signal, onWait }: LockOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const holder: Holder = { pid: process.pid, host: hostname(), token: randomBytes(8).toString("hex") };
  const watch = new Watch();
  while (!(await create(path, JSON.stringify(holder)))) {
    signal.throwIfAborted();
    const found = await inspect(path);
    if (found === undefined) continue;
    const patienceMs = found.holder?.host === hostname() ? SILENT_MS.here : SILENT_MS.elsewhere;
    if (isGone(found.holder) || watch.silentMs(found) > patienceMs) {
      await takeAway(path, found.text);
      continue;
    }
    if (watch.isFirst()) onWait(found.holder?.pid);
    await sleep(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS).unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await release(path, holder);
  }
}

type Found = { readonly text: string; readonly holder: Holder | undefined; readonly mtimeMs: number };

/** How long a lock has been silent by our own clock: the file's may be another machine's, or have slept. */
class Watch {
  #seen = "";
  #sinceMs = 0;
  #told = false;

  silentMs({ text, mtimeMs }: Found): number {
    const state = `${text} ${mtimeMs}`;
    if (state !== this.#seen) this.#sinceMs = performance.now();
    this.#seen = state;
    return performance.now() - this.#sinceMs;
  }

  isFirst(): boolean {
    const first = !this.#told;
    this.#told = true;
    return first;
  }
}

/** Whether the file was not there before. */
async function create(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function inspect(path: string): Promise<Found | undefined> {
  const text = await unlessMissing(readFile(path, "utf8"));
  const found = await unlessMissing(stat(path));
  if (text === undefined || found === undefined) return undefined;
  return { text, holder: parseHolder(text), mtimeMs: found.mtimeMs };
}

/** Undefined while it is being written, or after a crash in that moment; then only its silence tells. */
function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (
      typeof value !== "object" ||
      value === null ||
      !("pid" in value && "host" in value && "token" in value)
    ) {
      return undefined;
    }
    const { pid, host, token } = value;
    return typeof pid === "number" && typeof host === "string" && typeof token === "string"
      ? { pid, host, token }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether its process is known to have ended: of other machines nothing is known. */
function isGone(holder: Holder | undefined): boolean {
  if (holder === undefined || holder.host !== hostname()) return false;
  return !isAlive(holder.pid);
}

/**
 * Removes the lock that was seen, and no newer one: the waiters do so one at a time, behind a lock of their own, and the
 * first thing they do there is to look again.
 */
async function takeAway(path: string, seen: string): Promise<void> {
  const guard = `${path}.takeover`;
  if (!(await create(guard, ""))) {
    const found = await unlessMissing(stat(guard));
    // What is done behind it takes no time, unless its process ended there.
    if (found !== undefined && Date.now() - found.mtimeMs > TAKEOVER_MS) await rm(guard, { force: true });
    await sleep(TAKEOVER_POLL_MS);
    return;
  }
  try {
    if ((await unlessMissing(readFile(path, "utf8"))) === seen) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

async function release(path: string, { token }: Holder): Promise<void> {
  const found = await inspect(path);
  if (found?.holder?.token === token) await rm(path, { force: true });
}
