import { telling } from "../answer/telling.ts";
import type { Source } from "../attribution/match.ts";
import { type NearestInput, nearestPassages } from "../attribution/nearest-passages.ts";
import { apart } from "../attribution/passage.ts";
import type { Judge } from "../condenser/judge.ts";
import { order } from "../ranking/fuse.ts";
import { type PartInput, partsOf } from "../reader/chunk-part.ts";

/** Chunks below those that answer whose passages are asked, and so many passages of each. */
const MOST_CHUNKS = 6;
const MOST_OF_CHUNK = 12;
/** Places that are shown at most. */
const MOST_SHOWN = 5;
/** Below these margins, in nats, a chunk and a passage are not heard. */
const LEAST_OF_CHUNK = -4;
const LEAST_OF_PASSAGE = -1;
/** Half of its chunk's margin counts beside a passage's own, as for short answers. */
const CHUNK_WEIGHT = 0.5;

export type UncertainInput = NearestInput &
  PartInput & {
    /** Index of a chunk → its margin, in nats, of those that are no places. */
    readonly below: ReadonlyMap<number, number>;
    readonly judge: Judge;
  };

/**
 * Places that may answer, the likeliest first: of chunks that do not answer surely, passages that do or nearly do by themselves.
 * Where a question has other words than the text, its answer is more often here than among the sure ones.
 */
export async function uncertainPlaces(input: UncertainInput): Promise<Source[]> {
  const { below, judge, chunks } = input;
  const near = [...below].filter(([, margin]) => margin >= LEAST_OF_CHUNK).sort(([, a], [, b]) => b - a);
  const ofChunks = near.slice(0, MOST_CHUNKS).map(([index]) => nearestPassages(index, input));
  const passages = telling(ofChunks, input).flatMap((ofChunk) => ofChunk.slice(0, MOST_OF_CHUNK));
  const margins = await judge.marginsOfParts(partsOf(passages, input));
  const scores = margins.map((margin, i) => {
    return margin + CHUNK_WEIGHT * (below.get(passages[i]?.chunk ?? -1) ?? 0);
  });
  const likely = order(scores).flatMap((i): Source[] => {
    const [passage, support = -Infinity] = [passages[i], margins[i]];
    if (passage === undefined || support < LEAST_OF_PASSAGE) return [];
    return [{ chunk: passage.chunk, quote: passage.quote, support }];
  });
  return apart(likely, chunks).slice(0, MOST_SHOWN);
}
