import type { Folders } from "../config/folders.ts";
import type { Settings } from "../engine/results.ts";
import type { SessionListener } from "./events.ts";
import type { SessionSettings } from "./settings.ts";

/** What a session works in: its settings, folders and listeners, all resolved. */
export type SessionHost = {
  readonly settings: SessionSettings;
  /** Reported with each result; undefined: those of the session, as they were for that question. */
  readonly reported: Settings | undefined;
  readonly folders: Folders;
  /** Absolute; what relative paths of documents start from. */
  readonly cwd: string;
  readonly readStandardInput: (signal: AbortSignal) => Promise<Uint8Array>;
  readonly signal: AbortSignal;
  readonly onEvent: SessionListener;
};
