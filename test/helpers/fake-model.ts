import type { Capability, LanguageModel, PoolOptions } from "../../src/model/language-model.ts";
import { Pool } from "../../src/model/pool.ts";
import { FAKE_ATTENTION, FakeSequence } from "./fake-sequence.ts";
import { detokenize, END, tokenize } from "./fake-tokenizer.ts";

export type FakeOptions = {
  readonly name?: string;
  readonly capabilities?: readonly Capability[];
  /** Above 250 MB a writer writes by itself. */
  readonly fileBytes?: number;
  /** Waited for before each slice that is evaluated. */
  readonly beforeSlice?: () => Promise<void>;
};

export type FakeModel = LanguageModel & {
  /** Of every context that was opened, in order; `closed` counts those that are not open any more. */
  readonly opened: readonly PoolOptions[];
  readonly closed: () => number;
  /** Tokens, in all contexts. */
  readonly evaluated: () => number;
};

/**
 * A model without weights: it has a vocabulary of words, true probabilities, rows that are files, and answers that stand in
 * what it was given. The same input gives the same output, in milliseconds.
 */
export function fakeModel(options: FakeOptions = {}): FakeModel {
  const { name = "fake", capabilities, fileBytes = 1e6, beforeSlice } = options;
  const opened: PoolOptions[] = [];
  const all: FakeSequence[] = [];
  let closed = 0;
  return {
    name,
    path: `${name}.gguf`,
    fingerprint: Buffer.from(name).toString("hex").padEnd(64, "0"),
    metadata: {
      path: `${name}.gguf`,
      architecture: "fake",
      ...FAKE_ATTENTION,
      evenLayers: true,
      vocabularyTokens: 50_000,
      trainedContextTokens: 4096,
      fileBytes,
      hasWeights: true,
      kvBytesPerToken: 128,
      keys: new Set(),
      ropeScaling: "none",
    },
    capabilities: new Set(capabilities ?? ["rows", "score", "generate", "adapters"]),
    backend: { release: "fake 1", processor: "cpu" },
    chat: (system, user) => ({ tokens: tokenize(`\nSystem: ${system}\n${user}\nAnswer:`), stopTexts: [] }),
    beginning: [],
    tokenize,
    detokenize,
    isEnd: (token) => token === END,
    openPool: async (pool) => {
      opened.push(pool);
      const sequences = Array.from(
        { length: pool.sequences },
        (_, i) => new FakeSequence(pool, i, beforeSlice),
      );
      all.push(...sequences);
      return new Pool(sequences, async () => {
        closed += 1;
      });
    },
    opened,
    closed: () => closed,
    evaluated: () => all.reduce((sum, { evaluatedTokens }) => sum + evaluatedTokens, 0),
  };
}
