import type { Document } from "../document/document.ts";
import { hasUnreadPages } from "../document/pages.ts";
import { nameAttachments, readBytes } from "../document/parse.ts";
import type { KvStore } from "../kv/store/store.ts";
import { parseSettings, recogniserFor, type Source } from "../session/sources.ts";
import { inheritOrigin, parseKept } from "../texts/parse-kept.ts";
import type { CommandContext } from "./context.ts";

/** Whether --strict is given and a page has no text: without it such pages are a warning. */
export function hasStrictLoss({ config }: CommandContext, documents: readonly Document[]): boolean {
  return config.strict && documents.some(hasUnreadPages);
}

/** A file's bytes, or those of standard input. Throws InputError. */
export async function openBytes({ cwd, io, signal }: CommandContext, path: string): Promise<Uint8Array> {
  return path === "-" ? io.readStdin(signal) : readBytes(path, { cwd, signal });
}

/** Parses bytes that came from a path, or has their text from the store; says what was guessed. Throws InputError. */
export async function parseSource(
  context: CommandContext,
  source: Source,
  openStore: () => Promise<KvStore | undefined>,
): Promise<Document> {
  const { config, folders, progress, signal } = context;
  const { listen: onEvent } = progress;
  await using recogniser = await recogniserFor({ settings: config, folders, signal, onEvent });
  const parsed = await parseKept(source, openStore, { ...parseSettings(config), signal, recogniser });
  const document = nameAttachments(parsed);
  inheritOrigin(document, parsed);
  progress.listen({ kind: "parsed", documents: [document] });
  return document;
}
