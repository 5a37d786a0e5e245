import { resolve } from "node:path";
import type { Discovered } from "../document/discovered.ts";
import { fileVersion } from "../fs/file-version.ts";
import { unlessRefused } from "../fs/system-error.ts";
import { wantsCandidates } from "./candidates.ts";
import type { SessionListener } from "./events.ts";
import type { SessionHost } from "./host.ts";
import { openSession } from "./open-documents.ts";
import type { Session } from "./session.ts";

/** Each has models of its own in memory. */
const MOST_SESSIONS = 2;

type Entry = {
  readonly session: Promise<Session>;
  /** Calls that use it, or wait to. */
  calls: number;
};

/** Sessions that stay open between calls, by their files as they are on the disk now; the least used of late go. */
export class OpenSessions {
  readonly #host: SessionHost;
  /** The one used last is the last. */
  readonly #entries = new Map<string, Entry>();

  constructor(host: SessionHost) {
    this.#host = host;
  }

  /** Does work with the session of these files. Throws what opening it throws; then the next call tries again. */
  async use<T>(
    found: Discovered,
    onEvent: SessionListener,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    const key = await keyOf(found, this.#host);
    const entry = this.#entries.get(key) ?? { session: this.#open(found, onEvent), calls: 0 };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.calls += 1;
    try {
      return await work(await entry.session);
    } catch (error) {
      const isOpen = await entry.session.then(
        () => true,
        () => false,
      );
      if (!isOpen && this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    } finally {
      entry.calls -= 1;
      await this.#closeIdle();
    }
  }

  async close(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.allSettled(entries.map(async ({ session }) => (await session).close()));
  }

  #open({ files, skipped }: Discovered, onEvent: SessionListener): Promise<Session> {
    const roles = wantsCandidates(this.#host.settings) ? "candidates" : "both";
    return openSession({ sources: files, skipped }, { ...this.#host, onEvent }, roles);
  }

  async #closeIdle(): Promise<void> {
    const idle = [...this.#entries].filter(([, { calls }]) => calls === 0);
    const surplus = idle.slice(0, Math.max(0, this.#entries.size - MOST_SESSIONS));
    for (const [key] of surplus) this.#entries.delete(key);
    for (const [, { session }] of surplus) await (await session).close();
  }
}

/** A file that was changed is another one; of one that is gone opening tells. */
async function keyOf({ files }: Discovered, { cwd }: Pick<SessionHost, "cwd">): Promise<string> {
  const versions = await Promise.all(files.map((file) => unlessRefused(fileVersion(resolve(cwd, file)))));
  return JSON.stringify(files.map((file, i) => [file, versions[i]]));
}
