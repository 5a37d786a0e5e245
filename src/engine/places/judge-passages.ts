import { telling } from "../answer/telling.ts";
import { type NearestInput, nearestPassages } from "../attribution/nearest-passages.ts";
import type { Passage } from "../attribution/passage.ts";
import { PART_MARGIN, PLACE_MARGIN } from "../condenser/confidence.ts";
import type { Judge } from "../condenser/judge.ts";
import { type PartInput, partsOf } from "../reader/chunk-part.ts";

/** Passages of a chunk that answers that are judged at once, those with most of the question's words first. */
const JUDGED_AT_ONCE = 8;
/** Other chunks that are judged at once, and passages of each. */
const CHUNKS_AT_ONCE = 6;
const MOST_OF_OTHERS = 12;

export type PassagesInput = NearestInput & PartInput & { readonly judge: Judge };

/** A passage with the margins, in nats, of itself and of its chunk. */
export type JudgedPassage = Passage & { readonly margin: number; readonly ofChunk: number };

/** Index of a chunk → its margin. */
type Margins = readonly (readonly [index: number, margin: number])[];

/** The passages of chunks that answer: further ones of a chunk as long as any of those before them answers. */
export async function passagesOfAnswering(chunks: Margins, input: PassagesInput): Promise<JudgedPassage[]> {
  const judged: JudgedPassage[] = [];
  for (const [index, margin] of chunks) {
    const passages = nearestPassages(index, input);
    for (let at = 0; at < passages.length; at += JUDGED_AT_ONCE) {
      const next = await judgedOf(passages.slice(at, at + JUDGED_AT_ONCE), new Map([[index, margin]]), input);
      judged.push(...next);
      if (!next.some((passage) => passage.margin >= PART_MARGIN)) break;
    }
  }
  return judged;
}

/** The best passages of other chunks, given best first: of further chunks as long as any of those before them has one that answers. */
export async function passagesOfOthers(chunks: Margins, input: PassagesInput): Promise<JudgedPassage[]> {
  const margins = new Map(chunks);
  const judged: JudgedPassage[] = [];
  for (let at = 0; at < chunks.length; at += CHUNKS_AT_ONCE) {
    const next = chunks.slice(at, at + CHUNKS_AT_ONCE).map(([index]) => nearestPassages(index, input));
    const passages = telling(next, input).flatMap((ofChunk) => ofChunk.slice(0, MOST_OF_OTHERS));
    const found = await judgedOf(passages, margins, input);
    judged.push(...found);
    if (!found.some(({ margin }) => margin >= PLACE_MARGIN)) break;
  }
  return judged;
}

async function judgedOf(
  passages: readonly Passage[],
  ofChunks: ReadonlyMap<number, number>,
  { judge, ...input }: PassagesInput,
): Promise<JudgedPassage[]> {
  const margins = await judge.marginsOfParts(partsOf(passages, input));
  return passages.map((passage, i) => {
    return { ...passage, margin: margins[i] ?? -Infinity, ofChunk: ofChunks.get(passage.chunk) ?? -Infinity };
  });
}
