import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { EXIT } from "../../errors.ts";
import { bytes } from "../../format/quantity.ts";
import { freeDiskBytes } from "../../kv/store/budget.ts";
import type { CommandContext } from "../context.ts";
import type { Examination, Finding } from "./check.ts";
import { models } from "./models.ts";
import { isWritable } from "./writable.ts";

/** The models folder with reader and writer, and the KV store. */
export function folderExaminations(context: CommandContext): readonly Examination[] {
  return [
    { name: "models", exitCode: EXIT.model, examine: () => models(context) },
    { name: "kv store", exitCode: EXIT.kvStore, examine: () => kvStore(context) },
  ];
}

async function kvStore({ config, folders: { kv } }: CommandContext): Promise<Finding> {
  if (!config.cache) return { detail: "switched off" };
  const [held, free] = [await folderBytes(kv), await freeDiskBytes(kv)];
  const detail = `${bytes(held)} in ${kv}, ${bytes(free)} free on its disk`;
  if (await isWritable(kv)) return { detail };
  return {
    status: "fail",
    detail: `${detail}; it cannot be written, so every question reads everything`,
    hint: "set FOCUS_CACHE_DIR to another folder",
  };
}

async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  // A file may go while we count: another focus may be evicting.
  const sizes = files.map((file) =>
    stat(join(file.parentPath, file.name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
