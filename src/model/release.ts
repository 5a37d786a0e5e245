import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The engine that comes with focus, as `Backend.release` says it, without loading it. */
export async function engineRelease(): Promise<string> {
  const folder = join(dirname(createRequire(import.meta.url).resolve("node-llama-cpp")), "..");
  const { version } = await readJson(join(folder, "package.json"));
  const { release } = await readJson(join(folder, "llama", "binariesGithubRelease.json"));
  return `node-llama-cpp ${version}, llama.cpp ${release}`;
}

async function readJson(path: string): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await readFile(path, "utf8"));
}
