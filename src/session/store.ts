import { storeLimits } from "../kv/store/budget.ts";
import { type KvStore, openStore } from "../kv/store/store.ts";
import type { SessionHost } from "./host.ts";

/** What opens the session's KV store at the first call; it gives undefined where the settings want none. Throws KvStoreError. */
export function storeOpener(host: SessionHost): () => Promise<KvStore | undefined> {
  let store: Promise<KvStore> | undefined;
  return async () => {
    if (!host.settings.cache) return undefined;
    store ??= openKvStore(host);
    return store;
  };
}

async function openKvStore({ settings, folders, cwd, onEvent }: SessionHost): Promise<KvStore> {
  const limits = await storeLimits(folders.kv, settings.cacheBudgetBytes);
  const onWarning = (message: string): void => onEvent({ kind: "warning", message });
  return openStore({ dir: folders.kv, ...limits, cwd, onWarning });
}
