import type { Document } from "../../document/document.ts";
import { parseBytes, parseFile } from "../../document/parse.ts";
import { EXIT, type ExitCode } from "../../errors.ts";
import { formatterFor } from "../../format/format.ts";
import { DOCUMENT_FORMATS } from "../../format/formats.ts";
import { printable } from "../../format/printable.ts";
import type { CommandContext } from "../context.ts";

/** `focus text`: the document's text as the model will see it; what was guessed or lost goes to standard error. */
export async function runText(context: CommandContext, path: string): Promise<ExitCode> {
  const { config, io, progress } = context;
  const format = formatterFor(DOCUMENT_FORMATS, config.format);
  const document = await open(context, path);
  for (const warning of document.warnings)
    progress.warn(`${path === "-" ? "standard input" : path}: ${warning}`);
  progress.stop();
  const text = format(document, io);
  // Exactly the text into a pipe or a file; on a terminal nothing that it would obey.
  await io.writeResult(io.toTerminal ? printable(text) : text);
  const unread = document.pages.some(({ characters, blank }) => characters === 0 && blank !== true);
  return unread ? EXIT.partial : EXIT.done;
}

async function open({ config, io, progress, signal }: CommandContext, path: string): Promise<Document> {
  const options = { password: config.password, signal };
  progress.step(path === "-" ? "reading standard input" : `parsing ${path}`);
  return path === "-" ? parseBytes(await io.readStdin(signal), path, options) : parseFile(path, options);
}
