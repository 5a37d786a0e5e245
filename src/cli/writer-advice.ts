import { stat } from "node:fs/promises";
import { join } from "node:path";
import { bytes } from "../format/quantity.ts";
import { publishText } from "../fs/publish.ts";
import { unlessRefused } from "../fs/system-error.ts";
import { type CatalogueModel, DEFAULT_MODEL } from "../model/catalogue.ts";
import { availableMemoryBytes } from "../model/memory.ts";
import { recommendWriter } from "../model/recommend.ts";
import type { CommandContext } from "./context.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export type AdviceContext = Pick<CommandContext, "folders" | "progress"> & {
  readonly config: Pick<CommandContext["config"], "answerStyle" | "cache" | "model">;
};

/**
 * Says, where the embedded default was left to write, that it only quotes, and which writer fits this machine: once a day, for
 * who goes on without one has heard it.
 */
export async function adviseWriter(
  { config, folders, progress }: AdviceContext,
  writer: { readonly name: string },
  memoryBytes = availableMemoryBytes(),
): Promise<void> {
  if (config.answerStyle !== "auto" || config.model !== undefined || writer.name !== DEFAULT_MODEL) return;
  const better: CatalogueModel = recommendWriter(memoryBytes);
  if (better.name === DEFAULT_MODEL) return;
  if (config.cache && !(await isDue(folders.state, "writer-advised"))) return;
  progress.notice(
    `${DEFAULT_MODEL} finds passages and is too small to write; ${better.title} by ${better.publisher} (${bytes(better.bytes)}) ` +
      "fits this machine and writes: focus setup",
  );
}

/** Whether a file of this name is older than a day, or missing; then it is written. One that cannot be makes it due each time. */
async function isDue(folder: string, name: string): Promise<boolean> {
  const path = join(folder, name);
  const found = await unlessRefused(stat(path));
  if (found !== undefined && Math.abs(Date.now() - found.mtimeMs) < DAY_MS) return false;
  await unlessRefused(publishText(path, ""));
  return true;
}
