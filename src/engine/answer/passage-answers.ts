import { apart } from "../attribution/passage.ts";
import { BEST_MARGIN, probability } from "../condenser/confidence.ts";
import type { PassageMargin } from "../condenser/passage-margins.ts";
import { passageScore } from "../condenser/passage-score.ts";
import { order } from "../ranking/fuse.ts";
import { judgedPassages } from "./judged-passages.ts";
import { isLabelNumber } from "./label-number.ts";
import { isOfOtherKind, isOnlySpeaker } from "./other-kind.ts";
import type { SourceInput } from "./source.ts";
import type { Found } from "./spoken.ts";
import { isUnsaid } from "./unsaid.ts";

/** Passages whose answers are told. */
const MOST_TOLD = 3;
/** Nats below the best passage at which another answer is no longer worth showing. */
const SPREAD = 2;
/** Below this a passage is not heard: no figure of these sets changes from -4 to -1; at -2 two of 31 right first lines in other words go. */
const LEAST_MARGIN = -3;

/**
 * Answers of single passages in the chunks that answer, best first: behind the rows of its sentences alone the condenser is more often
 * right than behind a whole chunk, and such an answer's source is known. The rows are those that were read in the chunk: they know of
 * what stands before them, such as a table's header. A heading's number, a speaker's name, and what is of another kind than the question
 * asks for, come last, whatever their margins; where there is nothing else, further ones of the judged passages are asked. What is mostly of
 * words that the passage does not have is not told. Empty where the margin of none is above LEAST_MARGIN, or none says a word.
 */
export async function passageAnswers(indexes: readonly number[], input: SourceInput): Promise<Found[]> {
  const heard = await hear(indexes, input);
  const near = heard.filter(({ isNear }) => isNear).slice(0, MOST_TOLD);
  const found = await answersOf(near, input);
  const isLast = (one: Found): boolean => comesLast(one, input);
  const further = found.every(isLast) ? heard.slice(near.length, near.length + MOST_TOLD) : [];
  const fitting = (await answersOf(further, input)).filter((one) => !isLast(one));
  // F1 of the first is the same in this order and in that of the passages (38 questions, bench/short.mjs).
  const ordered = [...fitting, ...found].toSorted((a, b) => {
    return Number(isLast(a)) - Number(isLast(b)) || b.confidence - a.confidence;
  });
  return ordered.slice(0, MOST_TOLD);
}

type Heard = PassageMargin & {
  /** Whether it is so near the best one that its answer may be told. */
  readonly isNear: boolean;
};

/** The passages that are worth an answer, best first; none shares text with one before it. */
async function hear(indexes: readonly number[], input: SourceInput): Promise<Heard[]> {
  const judged = await judgedPassages(indexes, input);
  const scored = judged.map((one) => passageScore(one, input.scores.get(one.chunk) ?? 0));
  const ranked = order(scored).filter((i) => (judged[i]?.margin ?? -Infinity) > LEAST_MARGIN);
  const best = scored[ranked[0] ?? -1] ?? -Infinity;
  const heard = ranked.flatMap((i): Heard[] => {
    const one = judged[i];
    return one === undefined ? [] : [{ ...one, isNear: (scored[i] ?? 0) >= best - SPREAD }];
  });
  return apart(heard, input.chunks);
}

async function answersOf(passages: readonly Heard[], input: SourceInput): Promise<Found[]> {
  const { condenser, scores } = input;
  const texts = await condenser.answersOfParts(passages.map(({ part }) => part));
  return passages.flatMap(({ chunk, quote, margin }, i): Found[] => {
    const text = texts[i] ?? "";
    if (text === "" || isUnsaid(text, { chunk, quote }, input)) return [];
    const confidence = probability(Math.min(margin, scores.get(chunk) ?? margin), BEST_MARGIN);
    return [{ text, confidence, sources: [{ chunk, quote, support: margin }] }];
  });
}

/** Whether any other answer comes first: it is a heading's number, a speaker's name, or of another kind than what is asked for. */
function comesLast(
  { text, sources: [source] }: Found,
  { documents, chunks, question }: SourceInput,
): boolean {
  if (isOfOtherKind(text, question)) return true;
  const document = documents[chunks[source?.chunk ?? -1]?.document ?? -1];
  if (source === undefined || document === undefined) return false;
  return isLabelNumber(text, document.text, source.quote) || isOnlySpeaker(text, question, document.text);
}
