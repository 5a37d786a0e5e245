import type { Answer } from "../engine/results.ts";
import { counted } from "../format/quantity.ts";

/** What to do where an answer is not sure and part of the documents was searched by words alone: these may say it in others. */
export function adviseThorough({
  verdict,
  coverage: { chunks },
}: {
  readonly verdict: Answer["verdict"];
  readonly coverage: { readonly chunks: Pick<Answer["coverage"]["chunks"], "total" | "condensed"> };
}): string | undefined {
  const rest = chunks.total - chunks.condensed;
  if (verdict === "answered" || rest <= 0) return undefined;
  const those = rest === 1 ? "it" : "them";
  return `of ${counted(rest, "chunk")} the words alone were compared: --thorough has ${those} read under the question, too`;
}
