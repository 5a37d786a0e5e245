import { discover } from "../document/discover.ts";
import type { Discovered, SkippedPath } from "../document/discovered.ts";
import type { Document } from "../document/document.ts";
import { readBytes } from "../document/parse.ts";
import { InputError } from "../errors.ts";
import type { KvStore } from "../kv/store/store.ts";
import { parseKept } from "../texts/parse-kept.ts";
import type { SessionListener } from "./events.ts";

/** A document that is in memory already. */
export type Source = {
  /** Names it in answers; its ending may help to tell the format. */
  readonly path: string;
  readonly bytes: Uint8Array;
};

/** Files that were found, "-" for standard input, and documents that are in memory. */
export type FoundSources = Omit<Discovered, "files"> & { readonly sources: readonly (string | Source)[] };

/** Parsed documents, and what was named but is not among them. */
export type ParsedSources = {
  readonly documents: readonly Document[];
  readonly skipped: readonly SkippedPath[];
  /** What was parsed: of a file as it is now. Throws InputError when it is gone. */
  readonly bytesOf: (path: string, signal: AbortSignal) => Promise<Uint8Array>;
};

export type ParseSourcesOptions = {
  readonly cwd: string;
  readonly password: string | undefined;
  readonly readStandardInput: (signal: AbortSignal) => Promise<Uint8Array>;
  /** Where parsed text is kept; gives undefined where it is not. */
  readonly openStore: () => Promise<KvStore | undefined>;
  readonly signal: AbortSignal;
  readonly onEvent: SessionListener;
};

/** Paths, folders and globs as files; what is in memory comes behind them. Throws InputError when nothing is found. */
export async function findSources(named: readonly (string | Source)[], cwd: string): Promise<FoundSources> {
  const paths = named.filter((one): one is string => typeof one === "string");
  const inMemory = named.filter((one): one is Source => typeof one !== "string");
  if (paths.length === 0 && inMemory.length > 0) return { sources: inMemory, skipped: [] };
  const { files, skipped } = await discover(paths, { cwd });
  return { sources: [...files, ...inMemory], skipped };
}

/**
 * Parses what was found. A document that cannot be parsed is skipped, as long as another can. Throws InputError when none
 * can.
 */
export async function parseSources(
  found: FoundSources,
  options: ParseSourcesOptions,
): Promise<ParsedSources> {
  const { password, openStore, signal, onEvent } = options;
  const skipped: SkippedPath[] = [...found.skipped];
  const documents: Document[] = [];
  const held = new Map<string, Uint8Array>();
  let failure: unknown;
  for (const source of found.sources) {
    signal.throwIfAborted();
    const path = typeof source === "string" ? source : source.path;
    try {
      onEvent({ kind: "step", message: path === "-" ? "reading standard input" : `parsing ${path}` });
      const bytes = await firstBytesOf(source, { ...options, held });
      documents.push(await parseKept({ path, bytes }, openStore, { password, signal }));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      failure ??= error;
      skipped.push({ path, reason: error.message.replace(`${shown(path)}: `, ""), named: true });
    }
  }
  onEvent({ kind: "parsed", documents });
  if (documents.length === 0) throw failure;
  const bytesOf = async (path: string, stop: AbortSignal): Promise<Uint8Array> =>
    held.get(path) ?? readBytes(path, { cwd: options.cwd, signal: stop });
  return { documents, skipped, bytesOf };
}

type Holding = ParseSourcesOptions & { readonly held: Map<string, Uint8Array> };

/** What cannot be read again, since it is no file, is held. */
async function firstBytesOf(source: string | Source, options: Holding): Promise<Uint8Array> {
  const { held, readStandardInput, cwd, signal } = options;
  if (typeof source === "string" && source !== "-") return readBytes(source, { cwd, signal });
  const { path, bytes } =
    source === "-" ? { path: source, bytes: await readStandardInput(signal) } : (source as Source);
  held.set(path, bytes);
  return bytes;
}

/** A path as messages name it. */
export function shown(path: string): string {
  return path === "-" ? "standard input" : path;
}
