import { displayPath } from "../document/display-path.ts";
import type { Document } from "../document/document.ts";
import { unpackGzip } from "../document/gzip.ts";
import { hasUnreadPages } from "../document/pages.ts";
import { readBytes } from "../document/parse.ts";
import type { KvStore } from "../kv/store/store.ts";
import { parseSettings, recogniserFor, type Source } from "../session/sources.ts";
import { parseNestedKept } from "../texts/parse-kept.ts";
import type { CommandContext } from "./context.ts";

/** Whether --strict is given and a page has no text: without it such pages are a warning. */
export function hasStrictLoss({ config }: CommandContext, documents: readonly Document[]): boolean {
  return config.strict && documents.some(hasUnreadPages);
}

/** A file's bytes, or those of standard input, unpacked where they are gzip's. Throws InputError. */
export async function openBytes({ cwd, io, signal }: CommandContext, path: string): Promise<Uint8Array> {
  return path === "-"
    ? unpackGzip(await io.readStdin(signal), displayPath(path))
    : readBytes(path, { cwd, signal });
}

/** The documents that a file holds, its own first, and their bytes. */
export type Parsed = {
  readonly documents: readonly Document[];
  readonly bytesOf: (path: string) => Uint8Array;
};

/**
 * Parses bytes that came from a path, with what is attached, or has the texts from the store; says what was guessed. Throws
 * InputError.
 */
export async function parseSource(
  context: CommandContext,
  source: Source,
  openStore: () => Promise<KvStore | undefined>,
): Promise<Parsed> {
  const { config, folders, progress, signal } = context;
  const { listen: onEvent } = progress;
  await using recogniser = await recogniserFor({ settings: config, folders, signal, onEvent });
  const held = new Map<string, Uint8Array>();
  const hold = ({ path, bytes }: Source): unknown => held.set(path, bytes);
  const documents = await parseNestedKept(source, {
    ...parseSettings(config),
    signal,
    recogniser,
    openStore,
    hold,
  });
  progress.listen({ kind: "parsed", documents });
  return { documents, bytesOf: (path) => held.get(path) ?? source.bytes };
}
