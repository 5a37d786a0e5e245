import type { Source } from "../attribution/match.ts";
import { type NearestInput, nearestPassages } from "../attribution/nearest-passages.ts";
import type { Passage } from "../attribution/passage.ts";
import { EVEN_MARGIN, PART_MARGIN } from "../condenser/confidence.ts";
import type { Judge } from "../condenser/judge.ts";
import { order } from "../ranking/fuse.ts";
import { type PartInput, partsOf } from "../reader/chunk-part.ts";

/** Passages of a chunk that are judged at once, those with most of the question's words first. */
const JUDGED_AT_ONCE = 8;

export type SureInput = NearestInput &
  PartInput & {
    /** Index of a chunk that answers → its margin, in nats. */
    readonly kept: ReadonlyMap<number, number>;
    readonly judge: Judge;
  };

/** The passages that answer in chunks that do, chunk by chunk. */
export async function surePlaces(input: SureInput): Promise<Source[]> {
  const sources: Source[] = [];
  for (const [index, margin] of input.kept)
    sources.push(...(await answering(nearestPassages(index, input), margin, input)));
  return sources;
}

/** Those that answer by themselves; where none does, the best for the whole chunk. */
async function answering(
  passages: readonly Passage[],
  ofChunk: number,
  { judge, ...input }: SureInput,
): Promise<Source[]> {
  const margins = await marginsOf(passages, input, judge);
  return order(margins).flatMap((i, rank): Source[] => {
    const [passage, margin] = [passages[i], margins[i] ?? EVEN_MARGIN];
    if (passage === undefined || (rank > 0 && margin < PART_MARGIN)) return [];
    const { chunk, quote } = passage;
    return [{ chunk, quote, support: rank === 0 ? Math.max(margin, ofChunk) : margin }];
  });
}

/** (nJudged) margins of the first passages: of further ones as long as any of those before them answers. */
async function marginsOf(passages: readonly Passage[], input: PartInput, judge: Judge): Promise<number[]> {
  const margins: number[] = [];
  while (margins.length < passages.length) {
    const next = passages.slice(margins.length, margins.length + JUDGED_AT_ONCE);
    const ofNext = await judge.marginsOfParts(partsOf(next, input));
    margins.push(...ofNext);
    if (Math.max(...ofNext) < PART_MARGIN) break;
  }
  return margins;
}
