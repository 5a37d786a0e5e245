import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The parsers, and what they read zip files with. */
export const PARSER_FOLDERS = ["../document", "../fs/zip"].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);
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
  const files = (await Promise.all(PARSER_FOLDERS.map(codeIn))).flat();
  const names = files.map(({ name }) => name);
  const { unicode } = process.versions as { readonly unicode?: string };
  const { dependencies } = JSON.parse(await readFile(PACKAGE, "utf8"));
  const hash = createHash("sha256").update(JSON.stringify([dependencies, unicode, names]));
  for (const { source } of files) hash.update(source);
  return hash.digest("hex");
}

type Code = { readonly name: string; readonly source: Uint8Array };

async function codeIn(folder: string): Promise<Code[]> {
  const found = await readdir(folder, { recursive: true });
  const names = found.filter((name) => /(?<!\.d)\.[jt]s$/u.test(name)).sort();
  return Promise.all(names.map(async (name) => ({ name, source: await readFile(join(folder, name)) })));
}
