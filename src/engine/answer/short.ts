import type { Chunk } from "../../document/chunk.ts";
import { commonLanguage } from "../../document/language.ts";
import type { Asked } from "../asked.ts";
import type { Condensing } from "../condense.ts";
import type { Condenser } from "../condenser/condenser.ts";
import { ABSENT_BELOW, ANSWERED_FROM, BEST_MARGIN, probability } from "../condenser/confidence.ts";
import type { AskOptions } from "../options.ts";
import type { Nearness } from "../ranking/retrieve.ts";
import type { PartInput } from "../reader/chunk-part.ts";
import { mergeEqual } from "./merge-equal.ts";
import { passageAnswers } from "./passage-answers.ts";
import { sourceOf } from "./source.ts";
import type { Found } from "./spoken.ts";
import { isUnsaid } from "./unsaid.ts";

/**
 * Chunks that are asked for their answer, those with the highest margins, of at most so many nats below the best one: 20 passages in the
 * mean of nine dev sets instead of 29, of which the right one is as often the best, and among the best three (bench/find.mjs); 27
 * instead of 29 where the question has other words than the document.
 */
const MOST_ASKED = 4;
const CHUNK_SPREAD = 3;

export type FoundInput = Asked &
  Nearness & {
    readonly condensing: Pick<Condensing, "condenser" | "scores">;
  };

/** Short answers, for the user or as hints for a writer; none where nobody takes them, or no chunk answers. */
export async function findAnswers(
  { condensing: { condenser, scores }, ...asked }: FoundInput,
  { answerStyle, tellsWriter, candidates, reader: tokenizer }: AskOptions,
): Promise<Found[]> {
  const isToWriter = answerStyle === "write" && tellsWriter === true && candidates === undefined;
  const isWanted = answerStyle === "short" || isToWriter;
  if (condenser === undefined || !isWanted || isAbsent(scores)) return [];
  return shortAnswers({ ...asked, scores, condenser, tokenizer });
}

type ShortInput = Asked &
  Nearness & {
    /** Index of a chunk → its margin. */
    readonly scores: ReadonlyMap<number, number>;
    readonly condenser: Condenser;
    /** The reader's. */
    readonly tokenizer: PartInput["tokenizer"];
  };

/**
 * The condenser's own answers, the likeliest first: of single passages in the chunks with high margins, or where none answers
 * by itself, of these chunks. Equal answers are one with several sources. None where no chunk says anything.
 */
async function shortAnswers(input: ShortInput): Promise<Found[]> {
  const { documents, chunks, scores, condenser } = input;
  const language = commonLanguage(documents);
  const best = Math.max(-Infinity, ...scores.values());
  const near = [...scores].filter(([, margin]) => margin >= best - CHUNK_SPREAD);
  const ranked = near.sort(([, a], [, b]) => b - a).slice(0, MOST_ASKED);
  const ofPassages = await passageAnswers(
    ranked.map(([index]) => index),
    input,
  );
  if (ofPassages.length > 0) return mergeEqual(ofPassages, language);
  const asked = ranked.filter(([, margin]) => isWorthAsking(margin, best)).map(([index]) => index);
  const texts = await condenser.answers(asked.flatMap((index): Chunk[] => chunks.slice(index, index + 1)));
  const found: Found[] = [];
  for (const [i, index] of asked.entries()) {
    const text = texts[i] ?? "";
    const source = text === "" ? undefined : await sourceOf(text, index, input);
    if (source === undefined || isUnsaid(text, source, input)) continue;
    found.push({
      text,
      confidence: probability(scores.get(index) ?? -Infinity, BEST_MARGIN),
      sources: [source],
    });
  }
  return mergeEqual(found, language);
}

/** Whether no chunk answers. */
export function isAbsent(scores: ReadonlyMap<number, number>): boolean {
  return probability(Math.max(-Infinity, ...scores.values()), BEST_MARGIN) < ABSENT_BELOW;
}

/** The best one always is: an uncertain answer is shown as such. */
function isWorthAsking(margin: number, best: number): boolean {
  return margin === best || probability(margin, BEST_MARGIN) >= ANSWERED_FROM;
}
