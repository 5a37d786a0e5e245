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
    store: await openKvStore(context),
    prompts: await loadPrompts(join(folders.config, "prompts")),
    chunkTokens: config.chunkTokens,
    settings: Object.fromEntries(explain(context).map(({ key, value }) => [key, value])),
    signal,
    onEvent: progress.listen,
  };
}

const stores = new WeakMap<CommandContext, Promise<KvStore>>();

/** The KV store, opened once a command; undefined with --no-cache. */
export async function openKvStore(context: CommandContext): Promise<KvStore | undefined> {
  if (!context.config.cache) return undefined;
  const store = stores.get(context) ?? open(context);
  stores.set(context, store);
  return store;
}

async function open({ config, folders, progress }: CommandContext): Promise<KvStore> {
  const limits = await storeLimits(folders.kv, config.cacheBudgetBytes);
  return openStore({ dir: folders.kv, ...limits, onWarning: (message) => progress.warn(message) });
}
