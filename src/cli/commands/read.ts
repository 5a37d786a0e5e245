import type { Discovered } from "../../document/discovered.ts";
import { EXIT, type ExitCode, InputError, KvStoreError, UsageError } from "../../errors.ts";
import { PLAN_FORMATS, READ_FORMATS } from "../../format/formats.ts";
import { counted } from "../../format/quantity.ts";
import type { Session } from "../../session/session.ts";
import type { CommandContext, ReadRequest } from "../context.ts";
import { reportFormatter } from "../formatters.ts";
import { tellDetails, tellLosses } from "../receipt.ts";
import { findDocuments, isPartial, openFound } from "../session.ts";
import { versionsOf, watch } from "../watch/watch.ts";

/** `focus read`: fills the KV store, or tells what that would take. */
export async function runRead(context: CommandContext, request: ReadRequest): Promise<ExitCode> {
  const { paths, dryRun, shard } = request;
  if (!context.config.cache && !dryRun) {
    throw new UsageError("read fills the KV store, and --no-cache leaves it alone", {
      hint: "leave out --no-cache, or use --dry-run",
    });
  }
  const work = dryRun ? planner(context) : filler(context);
  if (request.watch) return readOn(context, request, work);
  return readFound(context, await findDocuments(context, paths, shard), work);
}

type ReadWork = (session: Session) => Promise<void>;

async function readFound(context: CommandContext, found: Discovered, work: ReadWork): Promise<ExitCode> {
  if (found.files.length === 0) return EXIT.done;
  await using session = await openFound(context, found, "reader");
  await work(session);
  return isPartial(context, session) ? EXIT.partial : EXIT.done;
}

/** Reads what there is, and then whatever changes, until it is stopped. The model is open only while something is read. */
async function readOn(context: CommandContext, request: ReadRequest, work: ReadWork): Promise<never> {
  const { config, cwd, progress, signal } = context;
  requireWatchable(context, request);
  const found = await findDocuments(context, request.paths);
  const now = await versionsOf(found.files, cwd);
  await readFound(context, found, work);
  progress.notice(`watching ${counted(now.size, "file")}; Ctrl-C stops it`);
  for await (const { changed, gone } of watch(request.paths, now, { ...config, cwd, signal })) {
    for (const path of gone) progress.notice(`${path} is gone`);
    if (changed.length > 0) await unlessUnreadable(context, { files: changed, skipped: [] }, work);
  }
  throw new Error("watching has no end of its own");
}

/** A file that cannot be read now may be read when it changes again. */
async function unlessUnreadable(context: CommandContext, found: Discovered, work: ReadWork): Promise<void> {
  try {
    await readFound(context, found, work);
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof InputError)) throw error;
    context.progress.warn(error.message);
  }
  context.progress.stop();
}

/** Throws UsageError for what a result after every change does not go with. */
function requireWatchable({ config, io }: CommandContext, { paths, dryRun, shard }: ReadRequest): void {
  if (shard !== undefined)
    throw new UsageError("--watch looks at all files, and --shard at a part of them", {
      hint: "leave one of them out",
    });
  if (dryRun)
    throw new UsageError("--watch reads, and --dry-run does not", { hint: "leave one of them out" });
  if (paths.includes("-")) {
    throw new UsageError("standard input cannot be watched", { hint: "name files or folders" });
  }
  const hint = "--watch prints a result after every read: as text, or a line each with --format jsonl";
  if (io.toFile) throw new UsageError("--watch has many results, and --output takes one", { hint });
  if (config.format === "json") throw new UsageError("--watch has many results, and json is one", { hint });
}

function planner(context: CommandContext): ReadWork {
  const { io, progress } = context;
  const format = reportFormatter(context, PLAN_FORMATS);
  return async (session) => {
    const plan = await session.planRead();
    progress.stop();
    await io.writeResult(format(plan, io));
    tellLosses(plan, context);
  };
}

function filler(context: CommandContext): ReadWork {
  const { io, progress } = context;
  const format = reportFormatter(context, READ_FORMATS);
  return async (session) => {
    requireWritable(session);
    const result = await session.read();
    progress.stop();
    tellLosses(result.coverage, context);
    tellDetails(result, context);
    await io.writeResult(format(result, io));
    requireWritable(session);
  };
}

/** Filling the store is all that `read` is for. */
function requireWritable({ notStored: reason }: Session): void {
  if (reason === undefined) return;
  throw new KvStoreError(`the KV store cannot be written: ${reason}`, {
    hint: "check the folder's rights and the free disk, or set FOCUS_CACHE_DIR to another folder",
  });
}
