import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseSchema } from "../../engine/extract/schema.ts";
import { EXIT, type ExitCode, UsageError } from "../../errors.ts";
import { extractionCount } from "../../format/extraction.ts";
import { EXTRACTION_FORMATS } from "../../format/formats.ts";
import { describeSystemError } from "../../fs/read-error.ts";
import type { CommandContext } from "../context.ts";
import { answerFormatter } from "../formatters.ts";
import { linksOf } from "../links.ts";
import { tellDetails, tellLosses, tellReceipt } from "../receipt.ts";
import { findDocuments, isPartial, openFound } from "../session.ts";

export type ExtractRequest = {
  /** At least one; "-" is standard input. */
  readonly paths: readonly string[];
  /** A file with a JSON Schema; undefined where none was named. */
  readonly schema: string | undefined;
};

/** `focus extract`: items by a schema, from every chunk that has any. */
export async function runExtract(context: CommandContext, request: ExtractRequest): Promise<ExitCode> {
  const { config, io, progress } = context;
  const format = answerFormatter(context, EXTRACTION_FORMATS);
  const schema = await readSchema(context, request.schema);
  parseSchema(schema);
  await using session = await openFound(context, await findDocuments(context, request.paths), "both");
  const extraction = await session.extract(schema);
  progress.stop();
  const { color, width } = io;
  await io.writeResult(format(extraction, { color, width, links: linksOf(context, config.format, io.file) }));
  const { cutOff } = extraction.chunks;
  if (cutOff > 0) {
    progress.warn(
      `items of ${cutOff === 1 ? "one chunk" : `${cutOff} chunks`} were cut off, and some may be missing: a smaller --chunk has fewer in each`,
    );
  }
  progress.notice(extractionCount(extraction));
  tellLosses(extraction.coverage, context);
  tellReceipt(extraction.coverage, context);
  tellDetails(extraction, context);
  if (extraction.items.length === 0 && config.failIfAbsent) return EXIT.absent;
  return isPartial(context, session) ? EXIT.partial : EXIT.done;
}

/** Throws UsageError for a file that is not there or has no JSON. */
async function readSchema({ cwd }: CommandContext, path: string | undefined): Promise<unknown> {
  if (path === undefined) {
    throw new UsageError("no schema was given", {
      hint: 'name one with --schema, such as {"type": "object", "properties": {"name": {"type": "string"}}}',
    });
  }
  const text = await readFile(resolve(cwd, path), "utf8").catch((cause: unknown) => {
    throw new UsageError(`--schema ${path}: ${describeSystemError(cause)}`, { cause });
  });
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ""));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--schema ${path} is no JSON: ${reason}`, { cause });
  }
}
