import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { TRAILER_BYTES } from "../../src/kv/store/sealed-file.ts";
import { type KvStore, openStore, type StoreOptions } from "../../src/kv/store/store.ts";

export const SETTINGS = "0123456789abcdef";
export const STATE_BYTES = 1000;
/** What a stored state takes. */
export const FILE_BYTES = STATE_BYTES + TRAILER_BYTES;

/** Key of the n-th chunk; each lies in another folder. */
export function keyOf(n: number, settings = SETTINGS): string {
  return `${settings}/${n.toString(16).padStart(2, "0").repeat(32)}`;
}

export function fileOf(dir: string, key: string): string {
  const [settings = "", chunk = ""] = key.split("/");
  return join(dir, "v1", settings, chunk.slice(0, 2), `${chunk}.kv`);
}

export type OpenedStore = { readonly store: KvStore; readonly warnings: readonly string[] };

/** A store with room for anything, unless told otherwise, and what it warned of. */
export async function openTestStore(
  dir: string,
  options: Partial<Omit<StoreOptions, "dir">> = {},
): Promise<OpenedStore> {
  const warnings: string[] = [];
  const onWarning = (message: string): void => void warnings.push(message);
  const store = await openStore({ dir, budgetBytes: 1e12, minFreeBytes: 0, onWarning, ...options });
  return { store, warnings };
}

/** Keeps a chunk; the content does not matter to the store. */
export async function keep(store: KvStore, key: string, state = randomBytes(STATE_BYTES)): Promise<boolean> {
  return store.keep(key, state);
}
