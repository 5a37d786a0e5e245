import type { TokenCounts } from "../results.ts";

export type Counted = {
  readonly condensing: {
    readonly tokens: { readonly read: number; readonly condense: number; readonly reused: number };
  };
  readonly condenser: { readonly evaluatedTokens: number } | undefined;
  readonly candidates: { readonly evaluatedTokens: number } | undefined;
  readonly spoken: { readonly windowTokens: number; readonly tokens: number };
  readonly attributeTokens: number;
};

/** Tokens that a question took, stage by stage. A condenser goes on after the ranking: passages and answers. */
export function tokenCounts(counted: Counted): TokenCounts {
  const { condensing, condenser, candidates, spoken, attributeTokens: attribute } = counted;
  const { read, condense: condensed, reused } = condensing.tokens;
  const condense = (condenser?.evaluatedTokens ?? condensed) + (candidates?.evaluatedTokens ?? 0);
  return {
    computed: { read, condense, window: spoken.windowTokens, answer: spoken.tokens, attribute },
    reused,
  };
}
