import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PARSERS = fileURLToPath(new URL("../document", import.meta.url));
const PACKAGE = new URL("../../package.json", import.meta.url);

let version: Promise<string> | undefined;

/**
 * SHA-256 of what decides, besides a document's bytes, what its text and its chunks are: the parsers' code as it runs, the
 * exact versions of their libraries, and the Unicode tables of Node. So no number must be raised by hand, and none can be
 * forgotten. A few milliseconds, once a run.
 */
export function parserVersion(): Promise<string> {
  version ??= hashParsers();
  return version;
}

async function hashParsers(): Promise<string> {
  const found = await readdir(PARSERS, { recursive: true });
  const names = found.filter((name) => /(?<!\.d)\.[jt]s$/u.test(name)).sort();
  const sources = await Promise.all(names.map((name) => readFile(join(PARSERS, name))));
  const { unicode } = process.versions as { readonly unicode?: string };
  const { dependencies } = JSON.parse(await readFile(PACKAGE, "utf8"));
  const hash = createHash("sha256").update(JSON.stringify([dependencies, unicode, names]));
  for (const source of sources) hash.update(source);
  return hash.digest("hex");
}
