import type { Folders } from "../config/folders.ts";
import { toPageRanges } from "../config/page-ranges.ts";
import { type DiscoverOptions, discover } from "../document/discover.ts";
import type { Discovered, SkippedPath } from "../document/discovered.ts";
import { displayPath } from "../document/display-path.ts";
import type { Document } from "../document/document.ts";
import { documentFailure } from "../document/document-failure.ts";
import { unpackGzip } from "../document/gzip.ts";
import { type ParseOptions, readBytes } from "../document/parse.ts";
import { UsageError } from "../errors.ts";
import type { KvStore } from "../kv/store/store.ts";
import { type OpenRecogniser, openRecogniser } from "../ocr/recogniser.ts";
import { parseNestedKept } from "../texts/parse-kept.ts";
import type { SessionListener } from "./events.ts";
import type { SessionSettings } from "./settings.ts";

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
  readonly settings: Pick<SessionSettings, "password" | "pages" | "ocr" | "cache">;
  readonly folders: Pick<Folders, "ocr" | "recognised">;
  readonly readStandardInput: (signal: AbortSignal) => Promise<Uint8Array>;
  /** Where parsed text is kept; gives undefined where it is not. */
  readonly openStore: () => Promise<KvStore | undefined>;
  readonly signal: AbortSignal;
  readonly onEvent: SessionListener;
};

/**
 * Paths, folders and globs as files; what is in memory comes behind them. Throws InputError when nothing is found, and
 * UsageError for what is in memory twice under one name.
 */
export async function findSources(
  named: readonly (string | Source)[],
  options: DiscoverOptions,
): Promise<FoundSources> {
  const paths = named.filter((one): one is string => typeof one === "string");
  const inMemory = named.filter((one): one is Source => typeof one !== "string");
  requireOwnNames(inMemory);
  if (paths.length === 0 && inMemory.length > 0) return { sources: inMemory, skipped: [] };
  const { files, skipped } = await discover(paths, options);
  return { sources: [...files, ...inMemory], skipped };
}

/** Throws UsageError for two documents in memory of one name: answers could not tell which of them they cite. */
function requireOwnNames(inMemory: readonly Source[]): void {
  const names = new Set<string>();
  for (const { path } of inMemory) {
    if (names.has(path)) {
      throw new UsageError(`two documents in memory are called ${path}`, {
        hint: "give each a path of its own",
      });
    }
    names.add(path);
  }
}

/**
 * Parses what was found. A document that cannot be parsed, were it for a bug, is skipped, as long as another can. Throws
 * what the first one failed of when none can.
 */
export async function parseSources(
  found: FoundSources,
  options: ParseSourcesOptions,
): Promise<ParsedSources> {
  const { openStore, signal, onEvent } = options;
  await using recogniser = await recogniserFor(options);
  const parseOptions = { ...parseSettings(options.settings), signal, recogniser };
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
      const hold = (one: Source): unknown => held.set(one.path, one.bytes);
      documents.push(...(await parseNestedKept({ path, bytes }, { ...parseOptions, openStore, hold })));
    } catch (error) {
      signal.throwIfAborted();
      failure ??= error;
      skipped.push({
        path,
        reason: documentFailure(error).replace(`${displayPath(path)}: `, ""),
        named: true,
      });
    }
  }
  onEvent({ kind: "parsed", documents });
  if (documents.length === 0) throw failure;
  const bytesOf = async (path: string, stop: AbortSignal): Promise<Uint8Array> =>
    held.get(path) ?? readBytes(path, { cwd: options.cwd, signal: stop });
  return { documents, skipped, bytesOf };
}

/** What the settings say of parsing. */
export function parseSettings({
  password,
  pages,
}: Pick<SessionSettings, "password" | "pages">): ParseOptions {
  return { password, pages: pages === undefined ? undefined : toPageRanges(pages) };
}

type Recognising = {
  readonly settings: Pick<SessionSettings, "ocr" | "cache" | "password">;
} & Pick<ParseSourcesOptions, "folders" | "signal" | "onEvent">;

/**
 * As the settings want it; undefined when nothing is to be recognised. With a password nothing is kept, as of parsed text. Throws
 * UsageError.
 */
export function recogniserFor({
  settings,
  folders,
  signal,
  onEvent,
}: Recognising): Promise<OpenRecogniser | undefined> {
  return openRecogniser({
    wanted: settings.ocr,
    folders,
    // No text of a document that needs a password is kept.
    cache: settings.cache && settings.password === undefined,
    signal,
    onWarning: (message) => onEvent({ kind: "warning", message }),
    onProgress: (progress) => onEvent({ kind: "recognise", ...progress }),
  });
}

type Holding = ParseSourcesOptions & { readonly held: Map<string, Uint8Array> };

/** What cannot be read again, since it is no file, is held. */
async function firstBytesOf(source: string | Source, options: Holding): Promise<Uint8Array> {
  const { held, readStandardInput, cwd, signal } = options;
  if (typeof source === "string" && source !== "-") return readBytes(source, { cwd, signal });
  const { path, bytes: given } =
    source === "-" ? { path: source, bytes: await readStandardInput(signal) } : (source as Source);
  const bytes = unpackGzip(given, displayPath(path));
  held.set(path, bytes);
  return bytes;
}
