import { readFileSync } from "node:fs";

/** The version in package.json. */
export function packageVersion(): string {
  // The same two steps up from src/cli and from dist/cli.
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { readonly version: string };
  return version;
}
