import type { Document } from "../document/document.ts";
import { hasUnreadPages } from "../document/pages.ts";
import { parseBytes, readBytes } from "../document/parse.ts";
import { parseNested } from "../document/parse-nested.ts";
import { parseSettings, type Source } from "../session/sources.ts";
import type { CommandContext } from "./context.ts";

/** Whether --strict is given and a page has no text: without it such pages are a warning. */
export function hasStrictLoss({ config }: CommandContext, documents: readonly Document[]): boolean {
  return config.strict && documents.some(hasUnreadPages);
}

/** A file's bytes, or those of standard input. Throws InputError. */
export async function openBytes({ cwd, io, signal }: CommandContext, path: string): Promise<Uint8Array> {
  return path === "-" ? io.readStdin(signal) : readBytes(path, { cwd, signal });
}

/** Parses bytes that came from `path`, and attachments in them; says what was guessed. Throws InputError. */
export async function parseSourceWhole(
  context: CommandContext,
  { path, bytes }: Source,
): Promise<Document[]> {
  const { config, progress, signal } = context;
  const documents = await parseNested(bytes, path, { ...parseSettings(config), signal });
  progress.listen({ kind: "parsed", documents });
  return documents;
}

/** The same without attachments. */
export async function parseSource(context: CommandContext, { path, bytes }: Source): Promise<Document> {
  const { config, progress, signal } = context;
  const document = await parseBytes(bytes, path, { ...parseSettings(config), signal });
  progress.listen({ kind: "parsed", documents: [document] });
  return document;
}
