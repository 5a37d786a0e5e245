import type { Chunk } from "../../document/chunk.ts";
import { commonLanguage } from "../../document/language.ts";
import { requireCapabilities } from "../../model/capabilities.ts";
import { type LocalContext, localContext } from "../../prompt/local.ts";
import { partBefore } from "../../prompt/template.ts";
import type { Asked } from "../asked.ts";
import type { ReadOptions } from "../options.ts";
import { ChunkReader, type ChunkVisits, type Visit } from "../reader/chunk-reader.ts";
import { BusyTime } from "../receipt/busy-time.ts";
import { type ChunkCounts, totalTokens } from "../receipt/coverage.ts";
import { StageProgress } from "../receipt/stage-progress.ts";
import { withoutChunk } from "./baseline.ts";
import { contentWords, type Word } from "./words.ts";

/** A question as it is appended to every chunk, with the weight of each of its tokens. */
export type DynamicPrompt = {
  readonly local: LocalContext;
  /** (nScored) idf of the word that the token belongs to; 0 for stop words and words the documents do not have. */
  readonly weights: Float64Array;
  /** (nScored) log P(token | no chunk, the tokens before it), in nats. */
  readonly without: Float64Array;
};

/** What condensing chunks gave. */
export type Condensed = {
  /** Index of a chunk → its score in nats; chunks that were not condensed are not there. */
  readonly scores: ReadonlyMap<number, number>;
  /** Share (0 … 1) of what is surprising in the question that the best chunk explains. */
  readonly explained: number;
  /** The question as it was appended to every chunk. */
  readonly prompt: DynamicPrompt;
  readonly tokens: { readonly read: number; readonly condense: number; readonly reused: number };
  readonly counts: ChunkCounts;
  readonly condenseMs: number;
};

export type CondenseInput = {
  /** Indexes of the chunks that are scored. */
  readonly indexes: readonly number[];
  readonly idf: (form: string) => number;
  /** Computed in the same pass, while a sequence holds the chunk anyway. */
  readonly candidates?: ChunkVisits | undefined;
};

/**
 * Condenses the chunks of `indexes` under the question while a sequence holds them, best first; what the store does not
 * have is read for it, and nothing else.
 */
export async function readAndCondense(
  { documents, chunks, question }: Asked,
  { indexes, idf, candidates }: CondenseInput,
  options: ReadOptions,
): Promise<Condensed> {
  const { reader, prompts, onEvent } = options;
  requireCapabilities(reader, ["score"]);
  const local = localContext(reader, partBefore(prompts.condense, "question"), question);
  const localTokens = Math.max(local.tokens.length, candidates?.localTokens ?? 0);
  await using own = await ChunkReader.open(reader, { ...options, prefix: prompts.prefix, localTokens });
  const without = await withoutChunk(local, own);
  const words = contentWords(question, commonLanguage(documents));
  const prompt = { local, weights: tokenWeights(words, local.ends, idf), without };
  const scores = new Map<number, number>();
  const visits = new Map<Chunk, Visit>(await candidates?.visits(own));
  let explained = 0;
  const condensing = new BusyTime();
  for (const index of indexes) {
    const chunk = chunks[index];
    if (chunk === undefined) continue;
    const before = visits.get(chunk);
    visits.set(chunk, async (sequence) => {
      await before?.(sequence);
      const within = await sequence.logProbabilities(local.tokens, local.from);
      scores.set(index, clippedLift(within, prompt));
      explained = Math.max(explained, explainedShare(within, without));
    });
  }
  for (const [chunk, visit] of visits) {
    visits.set(chunk, (sequence) => condensing.during(() => visit(sequence)));
  }
  const wanted = [...visits.keys()];
  await own.announceNew(wanted, onEvent);
  await own.visit(visits, new StageProgress("read", totalTokens(wanted), onEvent));
  await own.record({ documents, chunks: wanted, model: reader.name, all: chunks });
  const { read, reused } = own.counter.tokens;
  return {
    scores,
    explained,
    prompt,
    tokens: { read, condense: own.evaluatedTokens - read, reused },
    counts: own.counter.counts,
    condenseMs: condensing.ms,
  };
}

/**
 * Distils log P(t | chunk, …) of the question's tokens to a score, in nats: how much better the chunk predicts the
 * question than nothing does, sum over question tokens of idf * max(0, log P(t | chunk, …) - log P(t | nothing, …)).
 * Clipping keeps fluency of the other words from voting.
 *
 * Dynamic prompt injection of FocusLLM (arXiv 2408.11745, section 2.2) with the frozen model; where the paper keeps a
 * trained candidate token, this keeps the likelihood of the local context itself.
 */
export function clippedLift(within: Float64Array, { weights, without }: DynamicPrompt): number {
  let score = 0;
  for (let i = 0; i < within.length; i += 1) {
    score += (weights[i] ?? 0) * Math.max(0, (within[i] ?? 0) - (without[i] ?? 0));
  }
  return score;
}

/** Share (0 … 1) of the question's surprise, -log P(t | nothing, …) over all its tokens, that a chunk takes away. */
function explainedShare(within: Float64Array, without: Float64Array): number {
  let surprise = 0;
  let taken = 0;
  for (let i = 0; i < within.length; i += 1) {
    surprise -= without[i] ?? 0;
    taken += Math.max(0, (within[i] ?? 0) - (without[i] ?? 0));
  }
  return surprise > 0 ? Math.min(1, taken / surprise) : 0;
}

/**
 * Weights of the scored tokens, by the words of their text. Weights belong to whole words: a piece such as "Exp" of "Expiration" would look rare.
 */
export function tokenWeights(
  words: readonly Word[],
  ends: Uint32Array,
  idf: (form: string) => number,
): Float64Array {
  let start = 0;
  return Float64Array.from(ends, (end) => {
    const over = words.filter((word) => word.start < end && word.end > start);
    start = end;
    return over.reduce((most, { form }) => Math.max(most, idf(form)), 0);
  });
}
