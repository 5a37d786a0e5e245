import { type NearPassage, nearestPassages } from "../attribution/nearest-passages.ts";
import { type PassageMargin, passageMargins } from "../condenser/passage-margins.ts";
import type { SourceInput } from "./source.ts";
import { telling } from "./telling.ts";

/** Passages that are asked, of the best chunk and of each other, those nearest to the question. */
type Most = { readonly ofBest: number; readonly ofOthers: number };
/**
 * At first, and where none of these has SURE_PASSAGE nats. Stopping there asks 17 passages in the mean of nine dev sets instead of 20, and 26
 * instead of 27 where the question has other words than the document, and finds as much (bench/find.mjs).
 */
const FIRST: Most = { ofBest: 6, ofOthers: 4 };
const SURE_PASSAGE = 3;
/**
 * Chosen by words and meaning, as many as 16 and 8 find no more: of 60 questions in other words 36, 46 and 50 have a right first line, first
 * or any quote instead of 36, 45 and 49 (bench/own-words.mjs). By words alone 8 and 4 were too few: 27 right first lines instead of 31.
 */
const ALL: Most = { ofBest: 12, ofOthers: 6 };

/** The best passages of each chunk with their margins: more of them where none of the first ones answers surely. */
export async function judgedPassages(
  indexes: readonly number[],
  input: SourceInput,
): Promise<PassageMargin[]> {
  const ofChunks = telling(
    indexes.map((index) => nearestPassages(index, input)),
    input,
  );
  const between = (from: Most, to: Most): NearPassage[] =>
    ofChunks.flatMap((ofChunk, rank) =>
      rank === 0 ? ofChunk.slice(from.ofBest, to.ofBest) : ofChunk.slice(from.ofOthers, to.ofOthers),
    );
  const margins = (passages: NearPassage[]): Promise<PassageMargin[]> =>
    passageMargins(passages, input.condenser, input);
  const first = await margins(between({ ofBest: 0, ofOthers: 0 }, FIRST));
  const isSure = first.some(({ margin }) => margin >= SURE_PASSAGE);
  return isSure ? first : [...first, ...(await margins(between(FIRST, ALL)))];
}
