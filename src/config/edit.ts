import { readFile, readlink, realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse } from "smol-toml";
import { UsageError } from "../errors.ts";
import { publishText } from "../fs/publish.ts";
import { describeError, unlessMissing } from "../fs/system-error.ts";
import { type ConfigKey, fileKey, KEY_NAMES, KEYS } from "./keys.ts";
import { configSchema, expectation } from "./schema.ts";
import { shownRefused } from "./secrets.ts";
import { suggest } from "./suggest.ts";

/** A value of focus.toml. */
export type FileValue = string | number | boolean;

/** A line `key = value`, with what stands behind the value: a comment, and the \r of a file of Windows. */
const ASSIGNMENT = /^(\s*"?([\w-]+)"?\s*=\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"']+)(\s*(?:#[^\n]*)?)$/u;

/** The setting of that name in focus.toml. Throws UsageError when there is none. */
export function namedKey(name: string): ConfigKey {
  const key = KEY_NAMES.find((one) => fileKey(one) === name);
  if (key !== undefined) return key;
  const near = suggest(name, KEY_NAMES.map(fileKey));
  throw new UsageError(`there is no setting called ${JSON.stringify(name)}`, {
    code: "usage.invalid-setting",
    hint: near === undefined ? "all settings: focus config list" : `did you mean ${near}?`,
  });
}

/** What was typed, as focus.toml would have it. Throws UsageError when the setting cannot be that. */
export function fileValue(key: ConfigKey, typed: string): FileValue {
  const result = configSchema.shape[key].safeParse(typed);
  if (!result.success) {
    const shown = shownRefused(key, typed);
    throw new UsageError(`${fileKey(key)} is ${shown}, expected ${expectation(key)}`, {
      code: "usage.invalid-setting",
    });
  }
  if ("default" in KEYS[key] && typeof KEYS[key].default === "boolean") return result.data === true;
  // Sizes and durations stay as they were typed, with their units.
  return typeof result.data === "number" && String(result.data) === typed.trim() ? result.data : typed;
}

/**
 * Sets one key of a focus.toml, which is made if need be; every other line stays as it is, and a link stays one. Throws
 * UsageError.
 */
export async function setInFile(path: string, key: ConfigKey, value: FileValue): Promise<void> {
  try {
    const before = (await unlessMissing(readFile(path, "utf8"))) ?? "";
    const after = withValue(before, fileKey(key), value);
    requireEdited(after, { path, name: fileKey(key), value });
    await publishText(await linkedFile(path), after, 0o600);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`${path} cannot be written: ${describeError(cause)}`, { cause });
  }
}

/** The file behind a path and its links, whether it is there yet or not. Throws what the file system throws. */
async function linkedFile(path: string): Promise<string> {
  const real = await unlessMissing(realpath(path));
  if (real !== undefined) return real;
  const target = await readlink(path).catch(() => undefined);
  return target === undefined ? path : linkedFile(resolve(dirname(path), target));
}

/** The text of a focus.toml with one value replaced where it stands above the tables, or else added before the first line. */
export function withValue(text: string, name: string, value: FileValue): string {
  const written = typeof value === "string" ? JSON.stringify(value) : String(value);
  const lines = text.split("\n");
  const table = lines.findIndex((line) => /^\s*\[/u.test(line));
  const own = table === -1 ? lines : lines.slice(0, table);
  const at = own.findIndex((line) => ASSIGNMENT.exec(line)?.[2] === name);
  const match = ASSIGNMENT.exec(lines[at] ?? "");
  if (match === null) return `${name} = ${written}${text.includes("\r\n") ? "\r\n" : "\n"}${text}`;
  return lines.with(at, `${match[1]}${written}${match[4]}`).join("\n");
}

type Edited = { readonly path: string; readonly name: string; readonly value: FileValue };

/** An edit by lines may go wrong in TOML that spans several: nothing is written then. */
function requireEdited(text: string, { path, name, value }: Edited): void {
  try {
    const values = parse(text);
    const { engine } = values;
    const isInTable = name.startsWith("engine-") && typeof engine === "object" && !Array.isArray(engine);
    if (values[name] === value && !isInTable) return;
  } catch (cause) {
    throw new UsageError(`${path}: ${name} cannot be set by line`, {
      hint: `set it by hand in ${path}`,
      cause,
    });
  }
  throw new UsageError(`${path}: ${name} cannot be set by line`, { hint: `set it by hand in ${path}` });
}
