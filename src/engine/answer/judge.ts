import type { Asked } from "../asked.ts";
import type { Passage } from "../attribution/passage.ts";
import type { Condensing } from "../condense.ts";
import { PART_MARGIN } from "../condenser/confidence.ts";
import type { ReadOptions } from "../options.ts";
import { zScores } from "../ranking/fuse.ts";
import { clippedLift, type DynamicPrompt } from "../ranking/likelihood.ts";
import { partsOf } from "../reader/chunk-part.ts";
import { ChunkReader } from "../reader/chunk-reader.ts";

/** A passage and the share of the question's words that it has. */
export type Judgeable = Passage & { readonly score: number };

/** (nPassages) scores, higher is better, and the least that a quote beside the best one must have. */
export type Judged = { readonly scores: readonly number[]; readonly least: number };

export type JudgeInput = Pick<Asked, "documents" | "chunks"> & {
  readonly condensing: Pick<Condensing, "condenser" | "prompt">;
};

/** Has the reader judge passages under the question: a condenser behind their rows in the chunk, likelihood each read alone. */
export async function judgePassages(
  passages: readonly Judgeable[],
  { condensing: { condenser, prompt }, documents, chunks }: JudgeInput,
  options: ReadOptions,
): Promise<Judged> {
  if (condenser !== undefined) {
    const parts = partsOf(passages, { documents, chunks, tokenizer: options.reader });
    return { scores: await condenser.marginsOfParts(parts), least: PART_MARGIN };
  }
  if (prompt === undefined) throw new Error("passages are judged by a condenser or by a dynamic prompt");
  const tokens = passages.map(({ text }) => options.reader.tokenize(text).subarray(0, options.chunkTokens));
  const zLifts = zScores(await lifts(tokens, prompt, options));
  const zWords = zScores(passages.map(({ score }) => score));
  return { scores: passages.map((_, i) => (zWords[i] ?? 0) + (zLifts[i] ?? 0)), least: -Infinity };
}

async function lifts(
  tokens: readonly Uint32Array[],
  prompt: DynamicPrompt,
  options: ReadOptions,
): Promise<number[]> {
  const { reader, prompts } = options;
  const { tokens: local, from } = prompt.local;
  await using own = await ChunkReader.open(reader, {
    ...options,
    prefix: prompts.prefix,
    chunkTokens: Math.max(0, ...tokens.map(({ length }) => length)),
    localTokens: local.length,
  });
  return await own.visitTexts(tokens, async (sequence) => {
    return clippedLift(await sequence.logProbabilities(local, from), prompt);
  });
}
