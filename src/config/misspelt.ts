import type { Environment } from "./folders.ts";
import { KEY_NAMES, KEYS, variable } from "./keys.ts";
import { suggest } from "./suggest.ts";

const OTHER_VARIABLES = ["FOCUS_HOME", "FOCUS_CACHE_DIR", "FOCUS_CONFIG"];

/** Options that are no settings: they belong to one call, and no variable stands for them. */
export const FLAGS_ALONE = [
  "question",
  "focus",
  "combined",
  "force",
  "dry-run",
  "all",
  "json",
  "count",
  "schema",
  "shard",
  "watch",
  "remove",
  "host",
  "port",
  "token-file",
  "allow-host",
  "allow-origin",
] as const;

/** One sentence for each variable that was meant for focus and does nothing; other programs may have variables that begin with FOCUS_. */
export function misspelt(env: Environment): string[] {
  const known = [...KEY_NAMES.map(variable), ...OTHER_VARIABLES];
  return Object.keys(env).flatMap((name) => {
    if (!name.startsWith("FOCUS_") || known.includes(name)) return [];
    const advice = flagAlone(name) ?? meant(name, known);
    return advice === undefined ? [] : [`the variable ${name} is not known and is ignored; ${advice}`];
  });
}

function flagAlone(name: string): string | undefined {
  const flag = FLAGS_ALONE.find((one) => name === `FOCUS_${one.replaceAll("-", "_").toUpperCase()}`);
  return flag === undefined ? undefined : `--${flag} is no setting: it has to be typed`;
}

/** FOCUS_NO_CACHE is FOCUS_CACHE=0, however near other names are. */
function meant(name: string, known: readonly string[]): string | undefined {
  const isContrary = name.startsWith("FOCUS_NO_");
  const near = suggest(isContrary ? name.replace("_NO_", "_") : name, known);
  if (near === undefined) return undefined;
  return `did you mean ${near}${isContrary && isSwitch(near) ? "=0" : ""}?`;
}

function isSwitch(name: string): boolean {
  return KEY_NAMES.some((key) => variable(key) === name && !KEYS[key].flags.includes("<"));
}
