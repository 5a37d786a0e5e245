import type { KeyText } from "./key-text.ts";
import { type ConfigKey, KEYS } from "./keys.ts";

/** Whether the value is shown to nobody. */
export function isSecret(key: ConfigKey): boolean {
  const told: KeyText = KEYS[key];
  return told.isSecret === true;
}

/** A refused value as an error shows it; an address may have a password in it, which is why it is refused. */
export function shownRefused(key: ConfigKey, value: unknown): string {
  const shown = JSON.stringify(value);
  return isSecret(key) || (key === "engine" && shown?.includes("@")) ? "(hidden)" : shown;
}
