import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { firstLine } from "../fs/first-line.ts";
import { describeError } from "../fs/system-error.ts";
import type { LoadedConfig } from "./load.ts";
import { describeOrigin, type Origin } from "./origin.ts";

/**
 * Settings whose password comes from the first line of the file of password-file, where one is named; a password beside
 * it counts only against a file that no flag names. A relative path in a focus.toml begins at its folder. Throws
 * UsageError for a file that cannot be read or has no password.
 */
export async function withPasswordFile(loaded: LoadedConfig, cwd: string): Promise<LoadedConfig> {
  const { config, origin } = loaded;
  const { passwordFile, password } = config;
  if (passwordFile === undefined) return loaded;
  if (password !== undefined && origin.passwordFile.kind !== "flag") return loaded;
  const folder = "path" in origin.passwordFile ? resolve(cwd, dirname(origin.passwordFile.path)) : cwd;
  const found = await readPassword(resolve(folder, passwordFile), passwordFile, origin.passwordFile);
  return {
    ...loaded,
    config: Object.freeze({ ...config, password: found }),
    origin: Object.freeze({ ...origin, password: origin.passwordFile }),
  };
}

async function readPassword(path: string, shown: string, origin: Origin): Promise<string> {
  const name = `the password file ${shown} (${describeOrigin(origin, "passwordFile")})`;
  const other = "path" in origin ? `, or take the line out of ${origin.path}` : "";
  const hint = `name a file whose first line is the password${other}`;
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new UsageError(`${name} cannot be read: ${describeError(cause)}`, { hint, cause });
  });
  const line = firstLine(text);
  if (line !== "") return line;
  throw new UsageError(`${name} has no password: its first line is empty`, { hint });
}
