import type { Chunk } from "../../document/chunk.ts";
import type { Span } from "../../document/sentences.ts";
import type { LanguageModel } from "../../model/language-model.ts";
import { type LocalContext, localContext } from "../../prompt/local.ts";
import { withoutChunk } from "../ranking/baseline.ts";
import type { ChunkReader, Visit } from "../reader/chunk-reader.ts";
import type { StageProgress } from "../receipt/stage-progress.ts";

/** One sentence of the answer behind the question, as it is appended to a chunk. */
export type Claim = LocalContext;

/** Longer sentences are scored by so many tokens from their start; it bounds the reader's context. */
const LONGEST_CLAIM_TOKENS = 256;

export type ClaimsInput = {
  readonly answer: string;
  readonly spans: readonly Span[];
  /** The prompt up to the answer, the question filled in. */
  readonly before: string;
  /** Tokens that the reader has room for behind a chunk. */
  readonly mostTokens: number;
};

/** The sentences of an answer as claims; behind a question that takes all the room, claims without a token to score. */
export function claims(reader: LanguageModel, { answer, spans, before, mostTokens }: ClaimsInput): Claim[] {
  return spans.map(({ start, end }) => {
    const local = localContext(reader, before, answer.slice(start, end));
    const most = Math.max(local.from, Math.min(mostTokens, local.from + LONGEST_CLAIM_TOKENS));
    const length = Math.min(local.tokens.length, most);
    return {
      ...local,
      tokens: local.tokens.slice(0, length),
      ends: local.ends.slice(0, length - local.from),
    };
  });
}

export type SupportInput = {
  readonly chunks: readonly Chunk[];
  readonly claims: readonly Claim[];
  /** Index of a chunk → indexes of the claims that it may bear out. */
  readonly wanted: ReadonlyMap<number, readonly number[]>;
  readonly progress: StageProgress;
};

/**
 * Index of a chunk → index of a claim → nats by which the chunk makes the claim likelier than the question alone does:
 * sum over its tokens of log P(t | chunk, question, …) - log P(t | question, …), by the reader.
 */
export async function support(
  { chunks, claims: all, wanted, progress }: SupportInput,
  own: ChunkReader,
): Promise<Map<number, Map<number, number>>> {
  const without: number[] = [];
  for (const claim of all) without.push(sum(await withoutChunk(claim, own)));
  const supports = new Map<number, Map<number, number>>();
  const visits = new Map<Chunk, Visit>();
  for (const [index, indexes] of wanted) {
    const chunk = chunks[index];
    if (chunk === undefined) continue;
    const lifts = new Map<number, number>();
    supports.set(index, lifts);
    visits.set(chunk, async (sequence) => {
      const held = sequence.length;
      for (const i of indexes) {
        const claim = all[i];
        if (claim === undefined) continue;
        lifts.set(i, sum(await sequence.logProbabilities(claim.tokens, claim.from)) - (without[i] ?? 0));
        await sequence.truncate(held);
        progress.evaluated(claim.tokens.length);
      }
    });
  }
  await own.visit(visits, progress);
  return supports;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
