import type { Chunk } from "../document/chunk.ts";
import type { Span } from "../document/sentences.ts";
import type { Model } from "../model/load.ts";
import { localContext, type LocalContext } from "../prompt/local.ts";
import { withoutChunk } from "./baseline.ts";
import { prefill, type Visit } from "./prefill.ts";
import type { StageProgress } from "./progress.ts";
import type { Reading } from "./reading.ts";

/** One sentence of the answer behind the question, as it is appended to a chunk. */
export type Claim = LocalContext;

/** Longer sentences are scored by so many tokens from their start; it bounds the reader's context. */
const LONGEST_CLAIM_TOKENS = 256;

/** The sentences of an answer as claims; `before` is the prompt up to the answer, the question filled in. */
export function claims(
  reader: Model,
  before: string,
  { answer, sentences }: { readonly answer: string; readonly sentences: readonly Span[] },
): Claim[] {
  return sentences.map(({ start, end }) => {
    const local = localContext(reader, before, answer.slice(start, end));
    const length = Math.min(local.tokens.length, local.from + LONGEST_CLAIM_TOKENS);
    return { ...local, tokens: local.tokens.slice(0, length), ends: local.ends.slice(0, length - local.from) };
  });
}

export type SupportInput = {
  readonly chunks: readonly Chunk[];
  /** Indexes of the chunks that the answer was made from. */
  readonly chosen: readonly number[];
  readonly claims: readonly Claim[];
  readonly progress: StageProgress;
};

/**
 * For each chosen chunk, (nClaims) nats by which it makes each sentence of the answer likelier than the question alone
 * does: sum over the sentence's tokens of log P(t | chunk, question, …) - log P(t | question, …), by the reader.
 */
export async function support(input: SupportInput, reading: Reading): Promise<Map<number, Float64Array>> {
  const { chunks, chosen, claims: all, progress } = input;
  const without: number[] = [];
  for (const claim of all) without.push(sum(await withoutChunk(claim, reading)));
  const supports = new Map<number, Float64Array>();
  const visits = new Map<Chunk, Visit>();
  for (const index of chosen) {
    const chunk = chunks[index];
    if (chunk === undefined) continue;
    visits.set(chunk, async (sequence) => {
      const lifts = new Float64Array(all.length);
      for (const [i, claim] of all.entries()) {
        const held = sequence.length;
        lifts[i] = sum(await sequence.logProbabilities(claim.tokens, claim.from)) - (without[i] ?? 0);
        await sequence.truncate(held);
        progress.evaluated(claim.tokens.length);
      }
      supports.set(index, lifts);
    });
  }
  await prefill([...visits.keys()], reading, { progress, visits, readBefore: new Set() });
  return supports;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
