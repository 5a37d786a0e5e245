import { resolve } from "node:path";
import { discover } from "../../document/discover.ts";
import type { Discovered } from "../../document/discovered.ts";
import { EXIT, type ExitCode, UsageError } from "../../errors.ts";
import { SUMMARY_FORMATS, SUMMARY_PLAN_FORMATS } from "../../format/formats.ts";
import { citedOf, pointPart } from "../../format/summary.ts";
import { isFolder } from "../../fs/is-folder.ts";
import { requireSummaryBudget } from "../../session/summary-options.ts";
import { runBatch } from "../batch/batch.ts";
import type { CommandContext, SummarizeRequest } from "../context.ts";
import { answerFormatter, reportFormatter } from "../formatters.ts";
import { formatting } from "../formatting.ts";
import { tellDetails, tellLosses, tellReceipt } from "../receipt.ts";
import { namesFolder } from "../replace-file.ts";
import { eventOutput, wholeOutput } from "../result-output.ts";
import { findDocuments, isPartial, openFound } from "../session.ts";
import { adviseWriter } from "../writer-advice.ts";

/** `focus summarize`: one document, or several as one, to standard output or a file; several to a folder. */
export async function runSummarize(context: CommandContext, request: SummarizeRequest): Promise<ExitCode> {
  answerFormatter(context, SUMMARY_FORMATS);
  requireSummaryBudget(context.config);
  if (request.dryRun) return plan(context, request);
  if (request.combined) return summarizeAsOne(context, request);
  const found = await discover(request.paths, { ...context.config, cwd: context.cwd });
  const folder = await outputFolder(context, request, found);
  if (folder !== undefined) return runBatch(context, request, { found, folder });
  return summarizeAsOne(context, request);
}

/**
 * The folder of -o, absolute; undefined where the one document that was named goes to standard output or to a file.
 * Throws UsageError for several documents without a folder.
 */
async function outputFolder(
  { config, cwd }: CommandContext,
  { paths }: SummarizeRequest,
  { files }: Discovered,
): Promise<string | undefined> {
  const { output } = config;
  if (output === undefined || output === "-") {
    if (files.length === 1) return undefined;
    throw new UsageError(`there are ${files.length} documents, but standard output takes one summary`, {
      hint: "-o FOLDER writes a file for each, and goes on there when it was stopped; --combined makes one of all",
    });
  }
  const folder = resolve(cwd, output);
  if (namesFolder(output) || (await isFolder(folder))) return folder;
  if (paths.length === 1 && files.length === 1 && files[0] === paths[0]) return undefined;
  if (LIKE_A_FILE.test(output)) {
    throw new UsageError(
      `--output ${output} is named like a file, and each document is to have a file of its own`,
      {
        hint: "--combined makes one summary of all; a folder's name ends in /",
      },
    );
  }
  return folder;
}

/** What summaries are written as. */
const LIKE_A_FILE = /\.(?:md|markdown|txt|html?|jsonl?)$/iu;

async function summarizeAsOne(
  context: CommandContext,
  { paths, focus, shard }: SummarizeRequest,
): Promise<ExitCode> {
  const { config, io, progress } = context;
  await io.checkOutput();
  const found = await findDocuments(context, paths, shard);
  if (found.files.length === 0) return EXIT.done;
  await using session = await openFound(context, found, "both");
  const format = answerFormatter(context, SUMMARY_FORMATS);
  const isEvents = config.format === "jsonl";
  const output = isEvents ? eventOutput(context, "summarize", format) : wholeOutput(context, format);
  const { onEvent, signal } = output;
  const summary = await session.summarize({ focus, onEvent, signal });
  await output.write(summary, await formatting(context, session, citedOf(summary)));
  tellLosses(summary.coverage, context);
  tellReceipt(summary.coverage, context);
  tellDetails(summary, context);
  progress.notice(pointPart(summary));
  if (summary.pointStyle === "quote") await adviseWriter(context, session.models.writer);
  return isPartial(context, session) ? EXIT.partial : EXIT.done;
}

async function plan(context: CommandContext, request: SummarizeRequest): Promise<ExitCode> {
  const { io, progress } = context;
  const { paths, shard } = request;
  const format = reportFormatter(context, SUMMARY_PLAN_FORMATS);
  const found = await findDocuments(context, paths, shard);
  if (found.files.length === 0) return EXIT.done;
  await using session = await openFound(context, found, "reader");
  const read = await session.planRead();
  progress.stop();
  const text = format(read, io);
  await ((await isForFolder(context, request)) ? io.writeOut(text) : io.writeResult(text));
  tellLosses(read, context);
  return isPartial(context, session) ? EXIT.partial : EXIT.done;
}

/** Whether -o names the folder of a batch, which is no place for a plan. */
async function isForFolder(context: CommandContext, request: SummarizeRequest): Promise<boolean> {
  const { output } = context.config;
  if (request.combined || output === undefined || output === "-") return false;
  const found = await discover(request.paths, { ...context.config, cwd: context.cwd });
  return (await outputFolder(context, request, found)) !== undefined;
}
