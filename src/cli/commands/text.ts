import { EXIT, type ExitCode } from "../../errors.ts";
import { DOCUMENT_FORMATS } from "../../format/formats.ts";
import { printable } from "../../format/printable.ts";
import { storeOpener } from "../../session/store.ts";
import type { CommandContext } from "../context.ts";
import { reportFormatter } from "../formatters.ts";
import { sessionHost } from "../session.ts";
import { hasStrictLoss, openBytes, parseSource } from "../sources.ts";

/** `focus text`: the text of a document and of what is attached, as the model will see it; what was guessed or lost goes to standard error. */
export async function runText(context: CommandContext, path: string): Promise<ExitCode> {
  const { io, progress } = context;
  const format = reportFormatter(context, DOCUMENT_FORMATS);
  await io.refuseAsOutput(path);
  progress.step(path === "-" ? "reading standard input" : `parsing ${path}`);
  const source = { path, bytes: await openBytes(context, path) };
  const { documents } = await parseSource(context, source, storeOpener(sessionHost(context)));
  progress.stop();
  const text = format(documents, io);
  // Exactly the text into a pipe or a file; on a terminal nothing that it would obey.
  await io.writeResult(io.toTerminal ? printable(text) : text);
  return hasStrictLoss(context, documents) ? EXIT.partial : EXIT.done;
}
