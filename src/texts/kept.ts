import { createHash } from "node:crypto";
import { deserialize, serialize } from "node:v8";
import { textKey } from "../kv/store/key.ts";
import type { KvStore } from "../kv/store/store.ts";
import { parserVersion } from "./parser-version.ts";

/** Key of what follows from `parts`, which JSON must tell apart, and from the parsers' code. */
export async function keyOf(...parts: readonly unknown[]): Promise<string> {
  const text = JSON.stringify([await parserVersion(), ...parts]);
  return textKey(createHash("sha256").update(text).digest("hex"));
}

export type Making<Value> = {
  /** Whether bytes that were read back are what `make` returns; a checksum has told that they are the same bytes. */
  readonly isValue: (value: unknown) => value is Value;
  readonly make: () => Value | Promise<Value>;
};

/** What the store has under a key, or else what `make` returns, which is kept. A copy by the structured clone algorithm. */
export async function kept<Value>(
  store: KvStore,
  key: string,
  { isValue, make }: Making<Value>,
): Promise<Value> {
  const bytes = await store.load(key);
  const value = bytes === undefined ? undefined : read(bytes);
  if (isValue(value)) return value;
  if (bytes !== undefined) await store.reject(key, "it holds something else");
  const made = await make();
  await store.keep(key, serialize(made));
  return made;
}

/** Undefined for what another version of Node has written in a way that this one does not know. */
function read(bytes: Uint8Array): unknown {
  try {
    return deserialize(bytes);
  } catch {
    return undefined;
  }
}
