import { DEFAULT_MODEL } from "../model/catalogue.ts";
import { availableMemoryBytes } from "../model/memory.ts";
import { installedWriter } from "../model/recommend.ts";
import type { CommandContext } from "./context.ts";

/**
 * The writer's name: what the settings say; otherwise the best that is installed and fits. An answer that is not to be written needs
 * none beside the embedded default. Throws ModelError.
 */
export async function writerName({ config, folders, progress }: CommandContext): Promise<string> {
  if (config.model !== undefined) return config.model;
  if (config.answerStyle === "short" || config.answerStyle === "quote") return DEFAULT_MODEL;
  const found = await installedWriter(folders.models, availableMemoryBytes());
  if (found === undefined) return DEFAULT_MODEL;
  progress.verbose(`${found.name} writes: ${found.title}, by ${found.publisher} (${found.licence})`);
  return found.name;
}
