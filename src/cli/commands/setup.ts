import { EXIT, type ExitCode, ModelError } from "../../errors.ts";
import { deedFormats } from "../../format/deed.ts";
import { DEFAULT_MODEL } from "../../model/catalogue.ts";
import { pullModel } from "../../model/files.ts";
import { availableMemoryBytes } from "../../model/memory.ts";
import { setupWriters } from "../../model/recommend.ts";
import type { CommandContext } from "../context.ts";
import { reportFormatter } from "../formatters.ts";
import { folderOptions } from "./model.ts";

type Setup = { readonly reader: string; readonly writer: string | null };

const SETUP_FORMATS = deedFormats<Setup>("setup", ({ reader, writer }) =>
  writer === null ? `${reader}\n` : `${reader}\n${writer}\n`,
);

/**
 * `focus setup`: fetches the reader, and the best writer that fits this machine and can be had; prints where both lie. `ask`
 * and `summarize` use them without being told.
 */
export async function runSetup(context: CommandContext): Promise<ExitCode> {
  const { io, progress } = context;
  const format = reportFormatter(context, SETUP_FORMATS);
  const reader = await pullOne(context, DEFAULT_MODEL);
  const writer = (await pullWriter(context)) ?? null;
  progress.stop();
  await io.writeResult(format({ reader, writer }, io));
  return EXIT.done;
}

/** Undefined where only the reader fits. Throws the last ModelError when none of those that fit can be had. */
async function pullWriter(context: CommandContext): Promise<string | undefined> {
  const { progress } = context;
  const fitting = setupWriters(availableMemoryBytes());
  if (fitting.length === 0) progress.notice(`no writer beside ${DEFAULT_MODEL} fits into the free memory`);
  let failure: unknown;
  for (const { name, title, publisher, licence } of fitting) {
    try {
      const path = await pullOne(context, name);
      progress.notice(`${name} writes from now on: ${title}, by ${publisher} (${licence})`);
      return path;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      progress.notice(`${name} cannot be had: ${error.message}`);
      failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return undefined;
}

async function pullOne(context: CommandContext, name: string): Promise<string> {
  context.progress.step(`looking for ${name}`);
  return (await pullModel(name, folderOptions(context, name))).path;
}
