import type { Answer } from "../engine/results.ts";
import { counted } from "../format/quantity.ts";

/** What to do where an answer is not sure and part of the documents was searched, and not read under the question. */
export function adviseThorough({
  verdict,
  coverage: { chunks },
}: {
  readonly verdict: Answer["verdict"];
  readonly coverage: { readonly chunks: Pick<Answer["coverage"]["chunks"], "total" | "condensed"> };
}): string | undefined {
  const rest = chunks.total - chunks.condensed;
  if (verdict === "answered" || rest <= 0) return undefined;
  const [were, those] = rest === 1 ? ["was", "it"] : ["were", "them"];
  return `${counted(rest, "chunk")} ${were} searched, but not read under the question: --thorough reads ${those}, too`;
}
