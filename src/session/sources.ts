import { toPageRanges } from "../config/page-ranges.ts";
import { type DiscoverOptions, discover } from "../document/discover.ts";
import type { Discovered, SkippedPath } from "../document/discovered.ts";
import type { Document } from "../document/document.ts";
import { type ParseOptions, readBytes } from "../document/parse.ts";
import { parseNested } from "../document/parse-nested.ts";
import { InputError } from "../errors.ts";
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
};

export type ParseSourcesOptions = {
  readonly cwd: string;
  readonly settings: Pick<SessionSettings, "password" | "pages">;
  readonly readStandardInput: (signal: AbortSignal) => Promise<Uint8Array>;
  readonly signal: AbortSignal;
  readonly onEvent: SessionListener;
};

/** Paths, folders and globs as files; what is in memory comes behind them. Throws InputError when nothing is found. */
export async function findSources(
  named: readonly (string | Source)[],
  options: DiscoverOptions,
): Promise<FoundSources> {
  const paths = named.filter((one): one is string => typeof one === "string");
  const inMemory = named.filter((one): one is Source => typeof one !== "string");
  if (paths.length === 0 && inMemory.length > 0) return { sources: inMemory, skipped: [] };
  const { files, skipped } = await discover(paths, options);
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
  const { signal, onEvent } = options;
  const parseOptions = { ...parseSettings(options.settings), signal };
  const skipped: SkippedPath[] = [...found.skipped];
  const documents: Document[] = [];
  let failure: unknown;
  for (const source of found.sources) {
    signal.throwIfAborted();
    const path = typeof source === "string" ? source : source.path;
    try {
      onEvent({ kind: "step", message: path === "-" ? "reading standard input" : `parsing ${path}` });
      const bytes = typeof source === "string" ? await bytesOf(source, options) : source.bytes;
      documents.push(...(await parseNested(bytes, path, parseOptions)));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      failure ??= error;
      skipped.push({ path, reason: error.message.replace(`${shown(path)}: `, ""), named: true });
    }
  }
  onEvent({ kind: "parsed", documents });
  if (documents.length === 0) throw failure;
  return { documents, skipped };
}

/** What the settings say of parsing. */
export function parseSettings({
  password,
  pages,
}: Pick<SessionSettings, "password" | "pages">): ParseOptions {
  return { password, pages: pages === undefined ? undefined : toPageRanges(pages) };
}

function bytesOf(path: string, options: ParseSourcesOptions): Promise<Uint8Array> {
  const { cwd, readStandardInput, signal } = options;
  return path === "-" ? readStandardInput(signal) : readBytes(path, { cwd, signal });
}

/** A path as messages name it. */
export function shown(path: string): string {
  return path === "-" ? "standard input" : path;
}
