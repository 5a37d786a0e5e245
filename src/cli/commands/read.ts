import type { EngineInput, ReadOptions } from "../../engine/options.ts";
import { planRead } from "../../engine/plan.ts";
import { readDocuments } from "../../engine/read.ts";
import { EXIT, type ExitCode, KvStoreError, UsageError } from "../../errors.ts";
import { formatterFor } from "../../format/format.ts";
import { PLAN_FORMATS, READ_FORMATS } from "../../format/formats.ts";
import type { CommandContext, ReadRequest } from "../context.ts";
import { openDocuments } from "../open-documents.ts";
import { openEngine } from "../open-engine.ts";
import { openModels } from "../open-models.ts";
import { tellDetails, tellLosses } from "../receipt.ts";

/** `focus read`: fills the KV store, or tells what that would take. */
export async function runRead(context: CommandContext, { paths, dryRun }: ReadRequest): Promise<ExitCode> {
  const { config } = context;
  if (!config.cache && !dryRun) {
    throw new UsageError("read fills the KV store, and --no-cache leaves it alone", {
      hint: "leave out --no-cache, or use --dry-run",
    });
  }
  const work = dryRun ? planner(context) : filler(context);
  const startMs = performance.now();
  const { documents, skipped, partial } = await openDocuments(context, paths);
  await using models = await openModels(context, "reader");
  const options = await openEngine(context, models);
  await work({ documents, skipped, loadMs: performance.now() - startMs }, options);
  return partial ? EXIT.partial : EXIT.done;
}

type ReadWork = (input: EngineInput, options: ReadOptions) => Promise<void>;

function planner(context: CommandContext): ReadWork {
  const { config, io, progress } = context;
  const format = formatterFor(PLAN_FORMATS, config.format);
  return async (input, options) => {
    const plan = await planRead(input, options);
    progress.stop();
    await io.writeResult(format(plan, io));
    tellLosses(input, context);
  };
}

function filler(context: CommandContext): ReadWork {
  const { config, io, progress } = context;
  const format = formatterFor(READ_FORMATS, config.format);
  return async (input, options) => {
    const { store } = options;
    requireWritable(store);
    const result = await readDocuments(input, options);
    progress.stop();
    tellLosses(result.coverage, context);
    tellDetails(result, context);
    await io.writeResult(format(result, io));
    requireWritable(store);
  };
}

/** Filling the store is all that `read` is for. */
function requireWritable(store: ReadOptions["store"]): void {
  if (store?.reason === undefined) return;
  throw new KvStoreError(`the KV store cannot be written: ${store.reason}`, {
    hint: "check the folder's rights and the free disk, or set FOCUS_CACHE_DIR to another folder",
  });
}
