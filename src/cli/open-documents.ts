import { discover } from "../document/discover.ts";
import type { Document } from "../document/document.ts";
import { detectLanguage, languageName } from "../document/language.ts";
import { parseBytes, parseFile } from "../document/parse.ts";
import { InputError } from "../errors.ts";
import type { CommandContext } from "./context.ts";

export type OpenedDocuments = {
  readonly documents: readonly Document[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Whether something that the user named, or pages of it, could not be read. */
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
  const { cwd, progress, signal } = context;
  const found = await discover(paths, { cwd });
  const skipped: { path: string; reason: string; named: boolean }[] = [...found.skipped];
  const documents: Document[] = [];
  let failure: unknown;
  for (const path of found.files) {
    signal.throwIfAborted();
    try {
      const document = await parse(context, path);
      for (const warning of document.warnings) progress.warn(`${shown(path)}: ${warning}`);
      documents.push(document);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      failure ??= error;
      skipped.push({ path, reason: error.message.replace(`${shown(path)}: `, ""), named: true });
    }
  }
  if (documents.length === 0) throw failure;
  const unread = documents.some(({ pages }) =>
    pages.some(({ characters, blank }) => characters === 0 && blank !== true),
  );
  return {
    documents,
    skipped: skipped.map(({ path, reason }) => ({ path, reason })),
    partial: unread || skipped.some(({ named }) => named),
  };
}

async function parse({ config, io, progress, signal }: CommandContext, path: string): Promise<Document> {
  const options = { password: config.password, signal };
  progress.step(path === "-" ? "reading standard input" : `parsing ${path}`);
  return path === "-" ? parseBytes(await io.readStdin(signal), path, options) : parseFile(path, options);
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
