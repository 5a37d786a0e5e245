import type { Answer } from "../engine/results.ts";
import { UsageError } from "../errors.ts";
import type { BaseModel, LocalAdapter } from "../model/adapters/adapter.ts";
import { shippedCondenser } from "../model/adapters/adapters.ts";
import { DEFAULT_MODEL } from "../model/catalogue.ts";
import type { Model } from "../model/load.ts";
import type { CommandContext } from "./context.ts";
import { defaultStyle } from "./open-models.ts";

/**
 * The condenser for this reader: what comes with focus. Undefined for another `--condenser`, and for readers without one,
 * whose chunks are ranked by likelihood. Throws ModelError for a damaged one.
 */
export async function openCondenserAdapter(
  { config }: CommandContext,
  reader: BaseModel,
): Promise<LocalAdapter | undefined> {
  return config.condenser === "answer" ? shippedCondenser(reader) : undefined;
}

/** The style of the answer. Throws UsageError for short answers of a reader that gives none. */
export function answerStyleOf(
  { config }: CommandContext,
  { writer, reader, condenser }: StyleInput,
): Answer["style"] {
  if (config.answerStyle === "short" && condenser === undefined) {
    throw new UsageError(`--answer short needs a condenser, and focus has none for ${reader.name}`, {
      hint: `use --reader ${DEFAULT_MODEL} --condenser answer, or --answer quote`,
    });
  }
  if (config.answerStyle !== "auto") return config.answerStyle;
  if (defaultStyle(writer) === "write") return "write";
  return condenser === undefined ? "quote" : "short";
}

type StyleInput = {
  readonly writer: Model;
  readonly reader: Model;
  readonly condenser: LocalAdapter | undefined;
};
