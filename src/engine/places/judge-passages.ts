import { telling } from "../answer/telling.ts";
import { type NearestInput, nearestPassages } from "../attribution/nearest-passages.ts";
import { PART_MARGIN, PLACE_MARGIN } from "../condenser/confidence.ts";
import type { Judge } from "../condenser/judge.ts";
import { type PassageMargin, passageMargins } from "../condenser/passage-margins.ts";
import type { PartInput } from "../reader/chunk-part.ts";

/** Passages of a chunk that answers that are judged at once, those nearest to the question first. */
const PASSAGES_AT_ONCE = 8;
/** Other chunks that are judged at once, and passages of each. */
const CHUNKS_AT_ONCE = 6;
const MOST_OF_OTHERS = 12;

export type PassagesInput = NearestInput &
  PartInput & { readonly judge: Pick<Judge, "marginsOfParts" | "readsPartsAnew"> };

/** Indexes of chunks, best first. */
type Indexes = readonly number[];

/** The passages of chunks that answer: further ones of a chunk as long as any of those before them answers. */
export async function passagesOfAnswering(chunks: Indexes, input: PassagesInput): Promise<PassageMargin[]> {
  const judged: PassageMargin[] = [];
  for (const index of chunks) {
    const passages = nearestPassages(index, input);
    for (let at = 0; at < passages.length; at += PASSAGES_AT_ONCE) {
      const next = await passageMargins(passages.slice(at, at + PASSAGES_AT_ONCE), input.judge, input);
      judged.push(...next);
      if (!next.some(({ margin }) => margin >= PART_MARGIN)) break;
    }
  }
  return judged;
}

type Others = PassagesInput & {
  /** Whether they are all there is: then lists of contents and indexes are heard as well. */
  readonly areAll: boolean;
};

/** The best passages of other chunks: of further chunks as long as any of those before them has one that answers. */
export async function passagesOfOthers(chunks: Indexes, input: Others): Promise<PassageMargin[]> {
  const judged: PassageMargin[] = [];
  for (let at = 0; at < chunks.length; at += CHUNKS_AT_ONCE) {
    const next = chunks.slice(at, at + CHUNKS_AT_ONCE).map((index) => nearestPassages(index, input));
    const told = telling(next, input, { orAll: input.areAll && chunks.length <= CHUNKS_AT_ONCE });
    const passages = told.flatMap((ofChunk) => ofChunk.slice(0, MOST_OF_OTHERS));
    const found = await passageMargins(passages, input.judge, input);
    judged.push(...found);
    if (!found.some(({ margin }) => margin >= PLACE_MARGIN)) break;
  }
  return judged;
}
