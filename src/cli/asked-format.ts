import type { Environment } from "../config/folders.ts";

/**
 * The format that was asked for on the command line or by FOCUS_FORMAT, for errors that come before the settings are
 * resolved; undefined where neither says. What follows `--` are names.
 */
export function askedFormat(argv: readonly string[], env: Environment): string | undefined {
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  const formats = words.flatMap((word, i) => {
    if (word === "--json") return ["json"];
    if (word === "--format") return [words[i + 1] ?? ""];
    return word.startsWith("--format=") ? [word.slice("--format=".length)] : [];
  });
  const { FOCUS_FORMAT } = env;
  return formats.at(-1) ?? FOCUS_FORMAT;
}
