import { resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { type Folders, folders } from "../config/folders.ts";
import { wantsCandidates } from "./candidates.ts";
import { OpenedEngine } from "./engine.ts";
import type { SessionListener } from "./events.ts";
import type { SessionHost } from "./host.ts";
import { noticeLanguage } from "./language.ts";
import { openModels } from "./models.ts";
import type { Roles } from "./opened-models.ts";
import { Session } from "./session.ts";
import { type GivenSettings, requireKnown, resolveSettings, SESSION_KEYS } from "./settings.ts";
import { type FoundSources, findSources, parseSources, type Source } from "./sources.ts";
import { storeOpener } from "./store.ts";

/** Settings by the names of the command line's settings, with the same defaults; and where and how to work. */
export type SessionOptions = GivenSettings & {
  /** What relative paths of documents start from; otherwise the process's folder. */
  readonly cwd?: string | undefined;
  /** Where models, prompts and the KV store lie; otherwise where the command line has them. */
  readonly folders?: Partial<Folders> | undefined;
  /** Stops opening and every call; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of warnings, progress and pieces of answers. */
  readonly onEvent?: SessionListener | undefined;
};

const OTHER_OPTIONS = ["cwd", "folders", "signal", "onEvent"];

/**
 * Opens documents and models, to be asked any number of times. `sources`: files, folders, globs, "-" for standard input,
 * or documents in memory. The models are pulled when they are not on this machine.
 *
 * Throws InputError when no document can be read, ModelError for a model that will not do, UsageError for options that do
 * not go together, KvStoreError.
 */
export async function openDocuments(
  sources: string | Source | readonly (string | Source)[],
  options: SessionOptions = {},
): Promise<Session> {
  requireKnown(options, [...SESSION_KEYS, ...OTHER_OPTIONS]);
  const settings = resolveSettings(options);
  const host: SessionHost = {
    settings,
    reported: undefined,
    folders: { ...folders(process.env), ...options.folders },
    cwd: resolve(options.cwd ?? "."),
    readStandardInput: () => buffer(process.stdin),
    signal: options.signal ?? new AbortController().signal,
    onEvent: options.onEvent ?? (() => undefined),
  };
  const roles = wantsCandidates(settings) ? "candidates" : "both";
  const named = [sources].flat() as readonly (string | Source)[];
  return openSession(await findSources(named, { ...settings, cwd: host.cwd }), host, roles);
}

/** The same for documents that were found already. */
export async function openSession(found: FoundSources, host: SessionHost, roles: Roles): Promise<Session> {
  const startMs = performance.now();
  const { onEvent } = host;
  const openStore = storeOpener(host);
  const parsed = await parseSources(found, { ...host, openStore });
  const models = await openModels(host, roles);
  noticeLanguage(parsed.documents, models.reader, onEvent);
  const engine = await OpenedEngine.open(models, host, openStore);
  return new Session(parsed, engine, performance.now() - startMs);
}
