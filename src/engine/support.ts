import type { Chunk } from "../document/chunk.ts";
import type { Span } from "../document/sentences.ts";
import type { Sequence } from "../model/sequence.ts";
import type { LocalContext } from "../prompt/local.ts";
import { prefill, type Reading, type Visit } from "./prefill.ts";
import type { StageProgress } from "./progress.ts";

export type SupportInput = {
  readonly chunks: readonly Chunk[];
  /** Indexes of the chunks that the answer was made from. */
  readonly chosen: readonly number[];
  /** The question and, scored, the answer. */
  readonly local: LocalContext;
  /** The answer's sentences, offsets into the answer. */
  readonly sentences: readonly Span[];
  readonly progress: StageProgress;
};

/**
 * For each chosen chunk, (nSentences) nats by which it makes each sentence of the answer likelier than the question
 * alone does: sum over the sentence's tokens of log P(t | chunk, question, …) - log P(t | question, …), by the reader.
 */
export async function support(input: SupportInput, reading: Reading): Promise<Map<number, Float64Array>> {
  const { chunks, chosen, local, sentences, progress } = input;
  const without = await withoutChunk(local, reading);
  const supports = new Map<number, Float64Array>();
  const visits = new Map<Chunk, Visit>();
  for (const index of chosen) {
    const chunk = chunks[index];
    if (chunk === undefined) continue;
    visits.set(chunk, async (_, sequence) => {
      const within = await sequence.logProbabilities(local.tokens, local.from);
      supports.set(index, perSentence(within.map((value, i) => value - (without[i] ?? 0)), local, sentences));
    });
  }
  await prefill([...visits.keys()], reading, { progress, visits });
  return supports;
}

/** (nScored) log P of the scored tokens behind the shared prefix alone. */
export async function withoutChunk(local: LocalContext, reading: Reading): Promise<Float64Array> {
  const [values] = await reading.pool.run([local], async (_, sequence: Sequence) => {
    await sequence.reset();
    await sequence.prefill(reading.prefix, { signal: reading.signal });
    return sequence.logProbabilities(local.tokens, local.from);
  });
  return values ?? new Float64Array(0);
}

function perSentence(lift: Float64Array, { ends }: LocalContext, sentences: readonly Span[]): Float64Array {
  const sums = new Float64Array(sentences.length);
  let start = 0;
  for (const [i, end] of ends.entries()) {
    const at = sentences.findIndex((sentence) => sentence.start < end && sentence.end > start);
    if (at >= 0) sums[at] = (sums[at] ?? 0) + (lift[i] ?? 0);
    start = end;
  }
  return sums;
}
