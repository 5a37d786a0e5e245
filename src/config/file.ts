import { readFile } from "node:fs/promises";
import { parse, TomlError } from "smol-toml";
import { UsageError } from "../errors.ts";
import { type ConfigKey, fileKey, KEY_NAMES } from "./keys.ts";
import type { Origin } from "./origin.ts";
import { suggest } from "./suggest.ts";

/** Values of one source, not yet checked, with where each came from. */
export type Layer = ReadonlyMap<ConfigKey, { readonly value: unknown; readonly origin: Origin }>;

export type ConfigFile = {
  /** Absolute, for reading. */
  readonly path: string;
  /** As messages name it. */
  readonly shownPath: string;
  readonly kind: "project" | "named" | "user";
};

/**
 * Reads one focus.toml. A project or user file that does not exist is no values; a named one must exist.
 * @throws UsageError for a file that cannot be read or parsed, and for keys that focus does not know.
 */
export async function readLayer({ path, shownPath, kind }: ConfigFile): Promise<Layer> {
  const text = await readText(path, shownPath, kind === "named");
  if (text === undefined) return new Map();
  const keys = new Map(KEY_NAMES.map((key) => [fileKey(key), key]));
  const layer = new Map<ConfigKey, { value: unknown; origin: Origin }>();
  for (const [name, value] of withoutTable(parseToml(text, shownPath), shownPath)) {
    const key = keys.get(name);
    if (key === undefined) throw unknownKey(name, shownPath);
    layer.set(key, { value, origin: { kind, path: shownPath } });
  }
  return layer;
}

/** Names and values with those of the table `[engine]` by their long names: `url` is engine, `kind` engine-kind. */
function withoutTable(values: Readonly<Record<string, unknown>>, shownPath: string): [string, unknown][] {
  const { engine: table } = values;
  if (typeof table !== "object" || table === null || Array.isArray(table)) return Object.entries(values);
  const own = Object.entries(table).map(([name, value]): [string, unknown] => {
    return [name === "url" ? "engine" : `engine-${name}`, value];
  });
  const twice = own.find(([name]) => name !== "engine" && name in values);
  if (twice !== undefined) {
    throw new UsageError(`${shownPath}: ${twice[0]} stands both in [engine] and before it`, {
      hint: "leave one of them out",
    });
  }
  return [...Object.entries(values).filter(([name]) => name !== "engine"), ...own];
}

async function readText(path: string, shownPath: string, required: boolean): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    const missing = code === "ENOENT" || code === "ENOTDIR";
    if (missing && !required) return undefined;
    const message = missing ? `${shownPath}: no such file` : `${shownPath}: cannot be read (${String(code)})`;
    throw new UsageError(message, { hint: "it is where settings are read from", cause });
  }
}

function parseToml(text: string, shownPath: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const [reason] = cause.message.split("\n");
    throw new UsageError(`${shownPath}: line ${cause.line}: ${reason}`, {
      hint: 'the file is TOML, such as: chunk = 512 or gpu = "off"',
      cause,
    });
  }
}

function unknownKey(name: string, shownPath: string): UsageError {
  const known = KEY_NAMES.map(fileKey);
  const near = suggest(name, known);
  return new UsageError(`${shownPath}: unknown key "${name}"`, {
    hint: near === undefined ? `known keys: ${known.join(", ")}` : `did you mean ${near}?`,
  });
}
