import { textOf } from "../../document/document.ts";
import type { LanguageModel } from "../../model/language-model.ts";
import { fill } from "../../prompt/template.ts";
import type { Asked } from "../asked.ts";
import type { Found } from "./spoken.ts";

export type HintInput = Pick<Asked, "documents" | "chunks" | "prompts"> & {
  readonly found: readonly Found[];
  /** Tokens of the writer that hints may take. */
  readonly roomTokens: number;
};

/**
 * What the reader found, as the writer is told of it behind the passages of its window: short answers with the passage of each, the
 * likeliest first, as many as there is room for. Empty where nothing was found.
 */
export function hintsOf(
  { found, documents, chunks, prompts, roomTokens }: HintInput,
  writer: Pick<LanguageModel, "tokenize">,
): string {
  const lines = found.flatMap(({ text, sources: [source] }) => {
    const document = chunks[source?.chunk ?? -1]?.document;
    if (source === undefined || document === undefined) return [];
    const passage = textOf(documents, { document, ...source.quote });
    return [`- "${passage.replaceAll(/\s+/gu, " ")}" (${text}?)`];
  });
  for (; lines.length > 0; lines.pop()) {
    const hints = fill(prompts.hints, { found: lines.join("\n") });
    if (writer.tokenize(hints).length <= roomTokens) return hints;
  }
  return "";
}
