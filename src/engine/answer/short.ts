import type { Chunk } from "../../document/chunk.ts";
import type { Asked } from "../asked.ts";
import type { Condenser } from "../condenser/condenser.ts";
import { ABSENT_BELOW, ANSWERED_FROM, BEST_MARGIN, probability } from "../condenser/confidence.ts";
import { order } from "../ranking/fuse.ts";
import type { PartInput } from "../reader/chunk-part.ts";
import { mergeEqual } from "./merge-equal.ts";
import { passageAnswers } from "./passage-answers.ts";
import { sourceOf } from "./source.ts";
import type { Found } from "./spoken.ts";

/** Chunks that are asked for their answer, those with the highest margins. */
const MOST_ASKED = 4;
/** Nats below the best margin at which an answer is no longer worth showing. */
const SPREAD = 3;

export type ShortInput = Asked & {
  /** Indexes of the chunks that may answer. */
  readonly chosen: readonly number[];
  /** Index of a chunk → its margin. */
  readonly scores: ReadonlyMap<number, number>;
  readonly idf: (form: string) => number;
  readonly condenser: Condenser;
  /** The reader's. */
  readonly tokenizer: PartInput["tokenizer"];
};

/**
 * The condenser's own answers, the likeliest first: of single passages in the chunks with high margins, or where none answers
 * by itself, of these chunks. Equal answers are one with several sources. None where no chunk says anything.
 */
export async function shortAnswers(input: ShortInput): Promise<Found[]> {
  const { chunks, chosen, scores, condenser } = input;
  const marginOf = (index: number): number => scores.get(index) ?? -Infinity;
  const ranked = order(chosen.map(marginOf)).flatMap((at) => chosen[at] ?? []);
  const best = marginOf(ranked[0] ?? -1);
  const ofPassages = await passageAnswers(ranked.slice(0, MOST_ASKED), input);
  if (ofPassages.length > 0) return mergeEqual(ofPassages);
  const asked = ranked.filter((index) => isWorthAsking(marginOf(index), best)).slice(0, MOST_ASKED);
  const texts = await condenser.answers(asked.flatMap((index): Chunk[] => chunks.slice(index, index + 1)));
  const found: Found[] = [];
  for (const [i, index] of asked.entries()) {
    const text = texts[i] ?? "";
    const source = text === "" ? undefined : await sourceOf(text, index, input);
    if (source === undefined) continue;
    found.push({ text, confidence: probability(marginOf(index), BEST_MARGIN), sources: [source] });
  }
  return mergeEqual(found);
}

/** Whether no chunk answers. */
export function isAbsent(scores: ReadonlyMap<number, number>): boolean {
  return probability(Math.max(-Infinity, ...scores.values()), BEST_MARGIN) < ABSENT_BELOW;
}

/** The best one always is: an uncertain answer is shown as such. */
function isWorthAsking(margin: number, best: number): boolean {
  return margin === best || (margin >= best - SPREAD && probability(margin, BEST_MARGIN) >= ANSWERED_FROM);
}
