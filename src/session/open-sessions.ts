import { resolve } from "node:path";
import type { Discovered } from "../document/discovered.ts";
import type { Document } from "../document/document.ts";
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
  /** Once it is open. */
  opened: Session | undefined;
  /** Path → what its file was when it was parsed. */
  readonly versions: ReadonlyMap<string, string | undefined>;
  /** Calls that use it, or wait to. */
  calls: number;
};

type Opening = Pick<Entry, "versions"> & { readonly onEvent: SessionListener };

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
    const versions = await versionsOf(found, this.#host);
    const key = JSON.stringify([...versions]);
    const entry = this.#entries.get(key) ?? this.#open(found, { versions, onEvent });
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

  /** A file's document where an open session has it; undefined once the file was changed. */
  async documentOf(path: string): Promise<Document | undefined> {
    const version = await versionOf(path, this.#host);
    const having = [...this.#entries.values()].find(({ versions }) => versions.get(path) === version);
    return version === undefined ? undefined : having?.opened?.documents.find((one) => one.path === path);
  }

  async close(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.allSettled(entries.map(async ({ session }) => (await session).close()));
  }

  #open({ files, skipped }: Discovered, { versions, onEvent }: Opening): Entry {
    const roles = wantsCandidates(this.#host.settings) ? "candidates" : "both";
    const session = openSession({ sources: files, skipped }, { ...this.#host, onEvent }, roles);
    const entry: Entry = { session, opened: undefined, versions, calls: 0 };
    session.then(
      (opened) => {
        entry.opened = opened;
      },
      () => undefined,
    );
    return entry;
  }

  async #closeIdle(): Promise<void> {
    const idle = [...this.#entries].filter(([, { calls }]) => calls === 0);
    const surplus = idle.slice(0, Math.max(0, this.#entries.size - MOST_SESSIONS));
    for (const [key] of surplus) this.#entries.delete(key);
    for (const [, { session }] of surplus) await (await session).close();
  }
}

type Around = Pick<SessionHost, "cwd">;

/** A file that was changed is another one; of one that is gone opening tells. */
async function versionsOf({ files }: Discovered, around: Around): Promise<Entry["versions"]> {
  return new Map(
    await Promise.all(files.map(async (file) => [file, await versionOf(file, around)] as const)),
  );
}

function versionOf(path: string, { cwd }: Around): Promise<string | undefined> {
  return unlessRefused(fileVersion(resolve(cwd, path)));
}
