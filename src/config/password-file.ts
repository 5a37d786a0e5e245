import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { describeError } from "../fs/system-error.ts";
import type { LoadedConfig } from "./load.ts";

/**
 * Settings whose password comes from the first line of the file of password-file, where one is named; a password beside
 * it counts only against a file that no flag names. Throws UsageError for a file that cannot be read or has no password.
 */
export async function withPasswordFile(loaded: LoadedConfig, cwd: string): Promise<LoadedConfig> {
  const { config, origin } = loaded;
  const { passwordFile, password } = config;
  if (passwordFile === undefined) return loaded;
  if (password !== undefined && origin.passwordFile.kind !== "flag") return loaded;
  const found = await firstLine(resolve(cwd, passwordFile), passwordFile);
  return {
    ...loaded,
    config: Object.freeze({ ...config, password: found }),
    origin: Object.freeze({ ...origin, password: origin.passwordFile }),
  };
}

async function firstLine(path: string, shown: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new UsageError(`the password file ${shown} cannot be read: ${describeError(cause)}`, { cause });
  });
  const [line = ""] = text.split(/\r?\n/u);
  if (line !== "") return line;
  throw new UsageError(`the password file ${shown} has no password: its first line is empty`);
}
