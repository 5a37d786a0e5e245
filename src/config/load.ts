import { join, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { type Layer, readLayer } from "./file.ts";
import { type Environment, folders } from "./folders.ts";
import { type ConfigKey, fileKey, KEY_NAMES, variable } from "./keys.ts";
import { misspelt } from "./misspelt.ts";
import { overruled } from "./opposites.ts";
import { describeOrigin, type Origin, type Origins } from "./origin.ts";
import { type Config, configSchema, expectation } from "./schema.ts";
import { shownRefused, shownValue } from "./secrets.ts";
import { refuseUntrusted } from "./trust.ts";

/** A value from the command line, as it was typed, with the flag that gave it. */
export type Flag = { readonly value: unknown; readonly flag: string };

export type ConfigSources = {
  readonly flags: ReadonlyMap<ConfigKey, Flag>;
  readonly env: Environment;
  /** Absolute; its focus.toml is the project file. */
  readonly cwd: string;
  /** The file of --config, which takes the project file's place and is trusted. */
  readonly configPath?: string | undefined;
};

export type LoadedConfig = {
  readonly config: Config;
  readonly origin: Origins;
  /** Values that look misspelt but harm nothing, one sentence each. */
  readonly warnings: readonly string[];
};

/**
 * Resolves every setting: flag, environment variable, project file, user file, default, in this order. Of two that are opposites
 * the farther one is set back to its default.
 * @throws UsageError that names the origin, the value and what was expected.
 */
export async function loadConfig(sources: ConfigSources): Promise<LoadedConfig> {
  const { flags, env, cwd } = sources;
  const { FOCUS_CONFIG } = env;
  const configPath = sources.configPath ?? nonEmpty(FOCUS_CONFIG);
  const project = await readProjectLayer(cwd, configPath);
  const userPath = join(folders(env).config, "focus.toml");
  const user = await readLayer({ path: userPath, shownPath: userPath, kind: "user" });
  const layers = [flagLayer(flags), environmentLayer(env), project, user];
  const values: Record<string, unknown> = {};
  const origin: Partial<Record<ConfigKey, Origin>> = {};
  for (const key of KEY_NAMES) {
    // Checked in every layer, so that a mistake in a file is not hidden by today's flag.
    for (const layer of layers.toReversed()) {
      const found = layer.get(key);
      if (found === undefined) continue;
      values[key] = check(key, found.value, found.origin);
      origin[key] = found.origin;
    }
  }
  const unset = KEY_NAMES.filter((key) => origin[key] === undefined);
  for (const key of [...unset, ...overruled(layers, values)]) {
    origin[key] = { kind: "default" };
    values[key] = configSchema.shape[key].parse(undefined);
  }
  // Every key was parsed by its own schema just now; parsed twice, a number of milliseconds would be taken for seconds.
  const config = Object.freeze(values as Config);
  return { config, origin: Object.freeze(origin as Record<ConfigKey, Origin>), warnings: misspelt(env) };
}

async function readProjectLayer(cwd: string, configPath: string | undefined): Promise<Layer> {
  if (configPath !== undefined) {
    return readLayer({ path: resolve(cwd, configPath), shownPath: configPath, kind: "named" });
  }
  const layer = await readLayer({ path: join(cwd, "focus.toml"), shownPath: "focus.toml", kind: "project" });
  refuseUntrusted(layer);
  return layer;
}

function flagLayer(flags: ConfigSources["flags"]): Layer {
  return new Map(
    [...flags].map(([key, { value, flag }]) => [key, { value, origin: { kind: "flag", flag } }] as const),
  );
}

function environmentLayer(env: Environment): Layer {
  const layer = new Map<ConfigKey, { value: unknown; origin: Origin }>();
  for (const key of KEY_NAMES) {
    const name = variable(key);
    const value = nonEmpty(env[name]);
    if (value !== undefined) layer.set(key, { value, origin: { kind: "environment", variable: name } });
  }
  return layer;
}

/** An empty variable counts as unset, so that a wrapper can switch one off. */
function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value;
}

function check(key: ConfigKey, value: unknown, origin: Origin): unknown {
  const result = configSchema.shape[key].safeParse(value);
  if (result.success && value !== undefined) return result.data;
  const shown = shownRefused(key, value);
  throw new UsageError(`${describeOrigin(origin, key)} is ${shown}, expected ${expectation(key)}`, {
    code: "usage.invalid-setting",
  });
}

/** A setting as it is shown: by its key in focus.toml, null where it is not set. */
export type Explained = {
  readonly key: string;
  readonly value: string | number | boolean | null;
  readonly origin: string;
};

/** Every key with its value and its value's origin in words; a secret is never shown. */
export function explain({ config, origin }: Pick<LoadedConfig, "config" | "origin">): readonly Explained[] {
  return KEY_NAMES.map((key) => ({
    key: fileKey(key),
    value: shownValue(key, config[key]),
    origin: describeOrigin(origin[key], key),
  }));
}
