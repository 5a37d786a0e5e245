import type { Document } from "../document/document.ts";
import { fileVersion } from "../fs/file-version.ts";
import { unlessRefused } from "../fs/system-error.ts";
import type { SessionHost } from "../session/host.ts";
import type { OpenSessions } from "../session/open-sessions.ts";
import { parseSources } from "../session/sources.ts";
import { storeOpener } from "../session/store.ts";

/** Clients leaf through one document, or compare two. */
const MOST_KEPT = 2;

type Kept = { readonly version: string | undefined; readonly documents: readonly Document[] };

/** Files as the model sees them: those of open sessions, and the last that were parsed for their text alone. */
export class Texts {
  readonly #sessions: OpenSessions;
  readonly #host: SessionHost;
  /** By path; the one used last is the last. */
  readonly #kept = new Map<string, Kept>();

  constructor(sessions: OpenSessions, host: SessionHost) {
    this.#sessions = sessions;
    this.#host = host;
  }

  /**
   * A file's document, and behind it those that are attached to it. `path` is absolute. Throws InputError for a file that
   * cannot be parsed, the signal's reason.
   */
  async get(path: string, signal: AbortSignal): Promise<readonly Document[]> {
    const version = await unlessRefused(fileVersion(path));
    const kept = this.#kept.get(path);
    const isCurrent = version !== undefined && kept?.version === version;
    const open = await this.#sessions.documentsOf(path);
    const known = open.length === 0 && isCurrent ? kept.documents : open;
    const documents = known.length === 0 ? await this.#parse(path, signal) : known;
    this.#kept.delete(path);
    this.#kept.set(path, { version, documents });
    const surplus = [...this.#kept.keys()].slice(0, -MOST_KEPT);
    for (const oldest of surplus) this.#kept.delete(oldest);
    return documents;
  }

  async #parse(path: string, signal: AbortSignal): Promise<readonly Document[]> {
    const found = { sources: [path], skipped: [] };
    const openStore = storeOpener(this.#host);
    const { documents } = await parseSources(found, { ...this.#host, signal, openStore });
    return documents;
  }
}
