import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../../errors.ts";

/** One of `count` parts of a folder, from 1. */
export type Shard = { readonly number: number; readonly count: number };

const MOST_SHARDS = 10_000;

/** "3/8" → the third of eight parts; undefined where none is asked for. Throws UsageError. */
export function parseShard(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [, number, count] = /^\s*(\d+)\s*\/\s*(\d+)\s*$/u.exec(text)?.map(Number) ?? [];
  if (number !== undefined && count !== undefined && number >= 1 && number <= count && count <= MOST_SHARDS) {
    return { number, count };
  }
  throw new UsageError(`--shard is ${JSON.stringify(text)}, expected a part and their number, such as 3/8`, {
    code: "usage.invalid-setting",
  });
}

/**
 * The files of a shard, by the hash of their content: machines that have the same files, wherever they lie, share them out
 * without knowing of each other, and copies go together. A file that cannot be read belongs to the first shard, where it is
 * told of. Throws UsageError for standard input, and the signal's reason.
 */
export async function filesOfShard(
  files: readonly string[],
  { number, count }: Shard,
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<string[]> {
  if (files.includes("-")) throw new UsageError("--shard needs files, and standard input is none");
  const own: string[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    if ((await shardOf(resolve(cwd, file), count)) === number) own.push(file);
  }
  return own;
}

/** From 1. */
async function shardOf(path: string, count: number): Promise<number> {
  const hash = createHash("sha256");
  try {
    for await (const part of createReadStream(path)) hash.update(part);
  } catch {
    return 1;
  }
  return (hash.digest().readUInt32BE(0) % count) + 1;
}
