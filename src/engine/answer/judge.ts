import type { Condensing } from "../condense.ts";
import { EVEN_MARGIN } from "../condenser/confidence.ts";
import type { ReadOptions } from "../options.ts";
import { zScores } from "../ranking/fuse.ts";
import { clippedLift, type DynamicPrompt } from "../ranking/likelihood.ts";
import { ChunkReader } from "../reader/chunk-reader.ts";

/** A passage and the share of the question's words that it has. */
export type Judgeable = { readonly text: string; readonly score: number };

/** (nTexts) scores, higher is better, and the least that a quote beside the best one must have. */
export type Judged = { readonly scores: readonly number[]; readonly least: number };

/** Has the reader judge passages under the question, each alone behind the prefix. */
export async function judgePassages(
  texts: readonly Judgeable[],
  { condenser, prompt }: Pick<Condensing, "condenser" | "prompt">,
  options: ReadOptions,
): Promise<Judged> {
  if (condenser !== undefined) {
    return { scores: await condenser.marginsOfTexts(texts.map(({ text }) => text)), least: EVEN_MARGIN };
  }
  if (prompt === undefined) throw new Error("passages are judged by a condenser or by a dynamic prompt");
  const tokens = texts.map(({ text }) => options.reader.tokenize(text).subarray(0, options.chunkTokens));
  const zLifts = zScores(await lifts(tokens, prompt, options));
  const zWords = zScores(texts.map(({ score }) => score));
  return { scores: texts.map((_, i) => (zWords[i] ?? 0) + (zLifts[i] ?? 0)), least: -Infinity };
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
