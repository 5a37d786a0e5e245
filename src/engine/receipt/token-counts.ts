import type { ReadCounter } from "../reader/read-counter.ts";
import type { TokenCounts } from "../results.ts";

export type Counted = {
  readonly condensing: {
    readonly tokens: { readonly read: number; readonly condense: number; readonly reused: number };
  };
  readonly condenser:
    | {
        readonly evaluatedTokens: number;
        readonly chunks: { readonly counter: Pick<ReadCounter, "tokens"> };
      }
    | undefined;
  readonly candidates: { readonly evaluatedTokens: number } | undefined;
  readonly spoken: { readonly windowTokens: number; readonly tokens: number };
  readonly attributeTokens: number;
};

/** Tokens that a question took, stage by stage. A condenser goes on after the ranking: passages and answers, and reads for them. */
export function tokenCounts(counted: Counted): TokenCounts {
  const { condensing, condenser, candidates, spoken, attributeTokens: attribute } = counted;
  const { condense: condensed } = condensing.tokens;
  const { read, reused } = condenser?.chunks.counter.tokens ?? condensing.tokens;
  const condense = (condenser?.evaluatedTokens ?? condensed) + (candidates?.evaluatedTokens ?? 0);
  return {
    computed: { read, condense, window: spoken.windowTokens, answer: spoken.tokens, attribute },
    reused,
  };
}
