import { resolve } from "node:path";
import { isAttachedTo } from "../document/attachments.ts";
import type { Discovered } from "../document/discovered.ts";
import type { Document } from "../document/document.ts";
import { fileVersion } from "../fs/file-version.ts";
import { unlessRefused } from "../fs/system-error.ts";
import { wantsCandidates } from "./candidates.ts";
import type { SessionHost } from "./host.ts";
import { openSession } from "./open-documents.ts";
import type { Session } from "./session.ts";
import { type Caller, SharedSession, type Versions } from "./shared-session.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Each has models of its own in memory: one too many has the system kill us. */
const MOST_SESSIONS = 2;

/** Sessions that stay open between calls, by their files as they are on the disk now; the least used of late go. */
export class OpenSessions {
  readonly #host: SessionHost;
  readonly #openSession: typeof openSession;
  /** The one used last is the last; those that are being closed are among them. */
  readonly #sessions = new Set<SharedSession>();
  /** Calls about other files, while no session may be opened for them; the first that came is told first. */
  readonly #waiting = new Set<() => void>();

  constructor(host: SessionHost, open = openSession) {
    this.#host = host;
    this.#openSession = open;
  }

  /**
   * Does work with the session of these files; waits while calls about others have all sessions that there may be. Throws
   * what opening it throws; then the next call tries again. Opening is stopped when nobody waits for it any more: then, as
   * while it waits, the signal's reason is thrown.
   */
  async use<T>(found: Discovered, caller: Caller, work: (session: Session) => Promise<T>): Promise<T> {
    const versions = await versionsOf(found, this.#host);
    for (;;) {
      caller.signal.throwIfAborted();
      const shared = this.#having(versions) ?? this.#open(found, versions);
      if (shared !== undefined) return await this.#call(shared, caller, work);
      await unlessAborted(this.#change(), caller.signal);
    }
  }

  /** A file's document, and those attached to it, where an open session has them; none once the file was changed. */
  async documentsOf(path: string): Promise<readonly Document[]> {
    const version = await versionOf(path, this.#host);
    if (version === undefined) return [];
    const having = [...this.#sessions].find(
      ({ versions, documents }) =>
        versions.get(path) === version && documents.some((one) => one.path === path),
    );
    return (having?.documents ?? []).filter(({ path: own }) => own === path || isAttachedTo(path, own));
  }

  /** Stops what is being opened and what runs. */
  async close(): Promise<void> {
    await Promise.all([...this.#sessions].map((shared) => shared.end()));
  }

  #having(versions: Versions): SharedSession | undefined {
    const key = keyOf(versions);
    return [...this.#sessions].find((shared) => !shared.isEnding && keyOf(shared.versions) === key);
  }

  async #call<T>(shared: SharedSession, caller: Caller, work: (session: Session) => Promise<T>): Promise<T> {
    this.#sessions.delete(shared);
    this.#sessions.add(shared);
    try {
      return await shared.call(caller, work);
    } finally {
      this.#tell();
    }
  }

  /** Undefined while there are as many as may be. */
  #open({ files, skipped }: Discovered, versions: Versions): SharedSession | undefined {
    if (this.#sessions.size >= MOST_SESSIONS) return undefined;
    const roles = wantsCandidates(this.#host.settings) ? "candidates" : "both";
    const shared = new SharedSession({
      versions,
      open: (stop, onEvent) => {
        const signal = AbortSignal.any([this.#host.signal, stop]);
        return this.#openSession({ sources: files, skipped }, { ...this.#host, onEvent, signal }, roles);
      },
      onEnd: () => {
        this.#sessions.delete(shared);
        this.#tell();
      },
    });
    return shared;
  }

  /** Ends when a call has, or a session; the one that was not used for longest is closed, if none is being closed yet. */
  #change(): Promise<void> {
    const sessions = [...this.#sessions];
    if (!sessions.some(({ isEnding }) => isEnding)) void sessions.find(({ isIdle }) => isIdle)?.end();
    return new Promise((done) => this.#waiting.add(done));
  }

  #tell(): void {
    for (const done of this.#waiting) done();
    this.#waiting.clear();
  }
}

function keyOf(versions: Versions): string {
  return JSON.stringify([...versions]);
}

type Around = Pick<SessionHost, "cwd">;

/** A file that was changed is another one; of one that is gone opening tells. */
async function versionsOf({ files }: Discovered, around: Around): Promise<Versions> {
  return new Map(
    await Promise.all(files.map(async (file) => [file, await versionOf(file, around)] as const)),
  );
}

function versionOf(path: string, { cwd }: Around): Promise<string | undefined> {
  return unlessRefused(fileVersion(resolve(cwd, path)));
}
