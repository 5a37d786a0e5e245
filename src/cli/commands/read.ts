import { EXIT, type ExitCode, KvStoreError, UsageError } from "../../errors.ts";
import { formatterFor } from "../../format/format.ts";
import { PLAN_FORMATS, READ_FORMATS } from "../../format/formats.ts";
import type { Session } from "../../session/session.ts";
import type { CommandContext, ReadRequest } from "../context.ts";
import { tellDetails, tellLosses } from "../receipt.ts";
import { findDocuments, isPartial, openFound } from "../session.ts";

/** `focus read`: fills the KV store, or tells what that would take. */
export async function runRead(
  context: CommandContext,
  { paths, dryRun, shard }: ReadRequest,
): Promise<ExitCode> {
  const { config } = context;
  if (!config.cache && !dryRun) {
    throw new UsageError("read fills the KV store, and --no-cache leaves it alone", {
      hint: "leave out --no-cache, or use --dry-run",
    });
  }
  const work = dryRun ? planner(context) : filler(context);
  await using session = await openFound(context, await findDocuments(context, paths, shard), "reader");
  await work(session);
  return isPartial(context, session) ? EXIT.partial : EXIT.done;
}

type ReadWork = (session: Session) => Promise<void>;

function planner(context: CommandContext): ReadWork {
  const { config, io, progress } = context;
  const format = formatterFor(PLAN_FORMATS, config.format);
  return async (session) => {
    const plan = await session.planRead();
    progress.stop();
    await io.writeResult(format(plan, io));
    tellLosses(plan, context);
  };
}

function filler(context: CommandContext): ReadWork {
  const { config, io, progress } = context;
  const format = formatterFor(READ_FORMATS, config.format);
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
