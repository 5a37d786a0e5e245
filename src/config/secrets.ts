import type { KeyText } from "./key-text.ts";
import { type ConfigKey, KEYS } from "./keys.ts";

/** Whether the value is shown to nobody. */
export function isSecret(key: ConfigKey): boolean {
  const told: KeyText = KEYS[key];
  return told.isSecret === true;
}

/** A refused value as an error shows it; an address, of a server or of a model, may have a password or a key in it. */
export function shownRefused(key: ConfigKey, value: unknown): string {
  const shown = JSON.stringify(value);
  const isAddress = key === "engine" || shown?.includes("://");
  return isSecret(key) || (isAddress && /[@?#]/u.test(shown)) ? "(hidden)" : shown;
}
