import { join } from "node:path";
import { explain } from "../config/load.ts";
import type { ReadOptions } from "../engine/options.ts";
import { storeLimits } from "../kv/store/budget.ts";
import { type KvStore, openStore } from "../kv/store/store.ts";
import { loadPrompts } from "../prompt/template.ts";
import type { CommandContext } from "./context.ts";
import type { OpenedModels } from "./open-models.ts";

/** What the engine wants besides documents: store, prompts, and settings as plain values. */
export async function openEngine(context: CommandContext, models: OpenedModels): Promise<ReadOptions> {
  const { config, folders, progress, signal } = context;
  return {
    reader: models.reader,
    sequences: models.sequences,
    store: config.cache ? await openKvStore(context) : undefined,
    prompts: await loadPrompts(join(folders.config, "prompts")),
    chunkTokens: config.chunkTokens,
    settings: Object.fromEntries(explain(context).map(({ key, value }) => [key, value])),
    signal,
    onEvent: progress.listen,
  };
}

async function openKvStore({ config, folders, progress }: CommandContext): Promise<KvStore> {
  const limits = await storeLimits(folders.kv, config.cacheBudgetBytes);
  return openStore({ dir: folders.kv, ...limits, onWarning: (message) => progress.warn(message) });
}
