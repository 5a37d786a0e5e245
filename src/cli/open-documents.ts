import { discover } from "../document/discover.ts";
import type { Document } from "../document/document.ts";
import { detectLanguage, languageName } from "../document/language.ts";
import { hasUnreadPages } from "../document/pages.ts";
import { readBytes } from "../document/parse.ts";
import { InputError } from "../errors.ts";
import { warningLines } from "../format/warnings.ts";
import { parseKept, type Source } from "../texts/parse-kept.ts";
import type { CommandContext } from "./context.ts";
import { openKvStore } from "./open-engine.ts";

export type OpenedDocuments = {
  readonly documents: readonly Document[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Whether something that the user named could not be read; with --strict, also whether pages of it could not. */
  readonly partial: boolean;
};

/**
 * Finds and parses what was named; says what was guessed. A document that cannot be parsed is skipped and told with the
 * receipt, as long as another can. Throws InputError when none can.
 */
export async function openDocuments(
  context: CommandContext,
  paths: readonly string[],
): Promise<OpenedDocuments> {
  const { cwd, io, progress, signal } = context;
  const found = await discover(paths, { cwd });
  for (const path of found.files) await io.refuseAsOutput(path);
  const skipped: { path: string; reason: string; named: boolean }[] = [...found.skipped];
  const documents: Document[] = [];
  let failure: unknown;
  for (const path of found.files) {
    signal.throwIfAborted();
    try {
      progress.step(path === "-" ? "reading standard input" : `parsing ${path}`);
      documents.push(await parse(context, { path, bytes: await openBytes(context, path) }));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      failure ??= error;
      skipped.push({ path, reason: error.message.replace(`${shown(path)}: `, ""), named: true });
    }
  }
  tellWarnings(context, documents);
  if (documents.length === 0) throw failure;
  return {
    documents,
    skipped: skipped.map(({ path, reason }) => ({ path, reason })),
    partial: skipped.some(({ named }) => named) || hasStrictLoss(context, documents),
  };
}

/** Whether --strict is given and a page has no text: without it such pages are a warning. */
export function hasStrictLoss({ config }: CommandContext, documents: readonly Document[]): boolean {
  return config.strict && documents.some(hasUnreadPages);
}

/** A file's bytes, or those of standard input. Throws InputError. */
export async function openBytes({ io, signal }: CommandContext, path: string): Promise<Uint8Array> {
  return path === "-" ? io.readStdin(signal) : readBytes(path, signal);
}

/** Parses bytes that came from `path`; says what was guessed. Throws InputError. */
export async function openDocument(context: CommandContext, source: Source): Promise<Document> {
  const document = await parse(context, source);
  tellWarnings(context, [document]);
  return document;
}

function parse(context: CommandContext, source: Source): Promise<Document> {
  const { config, signal } = context;
  return parseKept(source, () => openKvStore(context), { password: config.password, signal });
}

function tellWarnings({ config, progress }: CommandContext, documents: readonly Document[]): void {
  const named = documents.map(({ path, warnings }) => ({ path: shown(path), warnings }));
  for (const line of warningLines(named, config.verbose || config.debug)) progress.warn(line);
}

function shown(path: string): string {
  return path === "-" ? "standard input" : path;
}

/** The smallest reader of the catalogue that knows more languages than English. */
const MULTILINGUAL_READER = "qwen2.5-coder-0.5b";

/** Says when a document is not in a language that the reader knows, and what would know it. */
export function noticeLanguage(documents: readonly Document[], { progress }: CommandContext): void {
  for (const { path, text } of documents) {
    const code = detectLanguage(text);
    if (code === undefined || code === "eng" || code === "sco") continue;
    progress.notice(
      `${shown(path)} is mostly in ${languageName(code)}; the reader knows English: --reader ${MULTILINGUAL_READER} knows more languages`,
    );
  }
}
