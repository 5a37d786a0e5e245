import { DEFAULT_MODEL } from "../model/catalogue.ts";
import { availableMemoryBytes } from "../model/memory.ts";
import { installedWriter } from "../model/recommend.ts";
import type { SessionHost } from "./host.ts";

/**
 * The writer's name: what the settings say; otherwise the best that is installed and fits. An answer that is not to be
 * written needs none beside the embedded default. Throws ModelError.
 */
export async function writerName({ settings, folders, onEvent }: SessionHost): Promise<string> {
  const { model, answerStyle } = settings;
  if (model !== undefined) return model;
  if (answerStyle === "short" || answerStyle === "quote") return DEFAULT_MODEL;
  const found = await installedWriter(folders.models, availableMemoryBytes());
  if (found === undefined) return DEFAULT_MODEL;
  const { name, title, publisher, licence } = found;
  onEvent({ kind: "detail", message: `${name} writes: ${title}, by ${publisher} (${licence})` });
  return name;
}
