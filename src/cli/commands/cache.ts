import { EXIT, type ExitCode, UsageError } from "../../errors.ts";
import { CACHE_LIST_FORMATS } from "../../format/cache.ts";
import { CACHE_COLLECT_FORMATS, CACHE_REMOVE_FORMATS } from "../../format/cache-upkeep.ts";
import { storeLimits } from "../../kv/store/budget.ts";
import { listStore, type StoredDocument, type Tally } from "../../kv/store/listing.ts";
import { clearStore, collectGarbage, removeDocuments } from "../../kv/store/upkeep.ts";
import { KeptTexts } from "../../ocr/kept.ts";
import type { CommandContext } from "../context.ts";
import { reportFormatter } from "../formatters.ts";
import { storedDocuments } from "../stored-documents.ts";

/** What `focus cache rm` was asked: some documents, or everything. */
export type RemoveRequest = {
  /** Ids, beginnings of ids, paths as `focus cache ls` shows them, folders or "@NAME"s. */
  readonly ids: readonly string[];
  readonly all: boolean;
};

/** `focus cache ls`: the documents of the KV store, last used first, and what all of it takes. */
export async function runCacheList(context: CommandContext): Promise<ExitCode> {
  const { config, folders, io } = context;
  const format = reportFormatter(context, CACHE_LIST_FORMATS);
  const dir = folders.kv;
  const listing = await listStore(dir);
  const { budgetBytes } = await storeLimits(dir, config.cacheBudgetBytes);
  const recognised = await new KeptTexts(folders.recognised).tally();
  await io.writeResult(format({ ...listing, dir, recognised, budgetBytes, nowMs: Date.now() }, io));
  return EXIT.done;
}

/** `focus cache rm`: deletes documents, or with `all` everything. Deletes nothing when one of them is not known. */
export async function runCacheRemove(context: CommandContext, request: RemoveRequest): Promise<ExitCode> {
  const { folders, io } = context;
  const format = reportFormatter(context, CACHE_REMOVE_FORMATS);
  refuseUnclear(request);
  const { documents } = await listStore(folders.kv);
  const chosen = request.all ? documents : await storedDocuments(context, request.ids, documents);
  if (request.all) await new KeptTexts(folders.recognised).clear();
  const freed = request.all ? await clearStore(folders.kv) : await remove(folders.kv, chosen);
  await io.writeResult(format({ documents: chosen, freed }, io));
  return EXIT.done;
}

/** `focus cache gc`: checks every chunk, and deletes what is of no use or beyond the budget. */
export async function runCacheCollect(context: CommandContext): Promise<ExitCode> {
  const { config, folders, io, progress } = context;
  const format = reportFormatter(context, CACHE_COLLECT_FORMATS);
  const { budgetBytes } = await storeLimits(folders.kv, config.cacheBudgetBytes);
  progress.step("checking every chunk of the KV store");
  const collected = await collectGarbage(folders.kv, { budgetBytes });
  progress.stop();
  await io.writeResult(format({ ...collected, budgetBytes }, io));
  return EXIT.done;
}

function refuseUnclear({ ids, all }: RemoveRequest): void {
  const hint = "name documents as `focus cache ls` shows them, folders or @NAMEs, or give --all alone";
  if (all && ids.length > 0) throw new UsageError("--all cannot be used together with documents", { hint });
  if (!all && ids.length === 0) throw new UsageError("nothing was named to be deleted", { hint });
}

function remove(dir: string, chosen: readonly StoredDocument[]): Promise<Tally> {
  const ids = new Set(chosen.map(({ id }) => id));
  return removeDocuments(dir, ({ id }) => ids.has(id));
}
