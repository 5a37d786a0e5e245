import { EXIT } from "../../errors.ts";
import { bytes } from "../../format/quantity.ts";
import { folderTally } from "../../fs/folder-tally.ts";
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
  const { bytes: held } = await folderTally(kv).catch(() => ({ bytes: 0 }));
  const free = await freeDiskBytes(kv);
  const detail = `${bytes(held)} in ${kv}, ${bytes(free)} free on its disk`;
  if (await isWritable(kv)) return { detail };
  return {
    status: "fail",
    detail: `${detail}; it cannot be written, so every question reads everything`,
    hint: "set FOCUS_CACHE_DIR to another folder",
  };
}
