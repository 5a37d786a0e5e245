import type { Source } from "../attribution/match.ts";
import { apart } from "../attribution/passage.ts";
import { EVEN_MARGIN, leastPlaceMargin, PLACE_MARGIN } from "../condenser/confidence.ts";
import {
  type JudgedPassage,
  type PassagesInput,
  passagesOfAnswering,
  passagesOfOthers,
} from "./judge-passages.ts";

/**
 * Below these margins, in nats, a chunk that does not answer by itself is not looked at, and no passage is shown. Chosen, as what stands
 * below, with bench/find.mjs on nine dev sets, and checked on questions in other words than the document's (docs/quality.md).
 */
const LEAST_OF_CHUNK = -4;
const LEAST_OF_PASSAGE = -1;
/** Places that are shown beside the sure ones at most. */
const MOST_UNCERTAIN = 5;
/** Where none is sure, so many are shown in any case, of passages from this margin on. */
const AT_LEAST_SHOWN = 2;
const LEAST_OF_ALL = -3;
/** Half of its chunk's margin counts beside a passage's own, as for short answers. */
const CHUNK_WEIGHT = 0.5;

export type PlacesFound = {
  /** In the order of the documents. */
  readonly sure: readonly Source[];
  /** The likeliest first. */
  readonly uncertain: readonly Source[];
};

/** The passages that answer, and a few that may; `scores`: index of a chunk → its margin, in nats. */
export async function placesIn(
  scores: ReadonlyMap<number, number>,
  input: PassagesInput,
): Promise<PlacesFound> {
  const least = leastPlaceMargin(Math.max(...scores.values()));
  const best = [...scores].sort(([, a], [, b]) => b - a);
  const answering = best.filter(([, margin]) => margin >= least);
  const others = best.filter(([, margin]) => margin < least && margin >= LEAST_OF_CHUNK);
  const ofAnswering = await passagesOfAnswering(answering, input);
  const ofOthers = await passagesOfOthers(others, input);
  const places = [...bestOfEach(ofAnswering), ...[...ofAnswering, ...ofOthers].filter(answers)];
  const sure = apart(bySupport(places.map(sourceOf)), input.chunks);
  const likely = [...ofAnswering, ...ofOthers].toSorted((a, b) => likelihood(b) - likelihood(a));
  const beside = (least: number): Source[] => {
    const heard = likely.filter(({ margin }) => margin >= least).map(sourceOf);
    return apart([...sure, ...heard], input.chunks).slice(sure.length);
  };
  const uncertain = beside(LEAST_OF_PASSAGE).slice(0, MOST_UNCERTAIN);
  const isEnough = sure.length > 0 || uncertain.length >= AT_LEAST_SHOWN;
  return {
    sure: inOrder(sure),
    uncertain: isEnough ? uncertain : beside(LEAST_OF_ALL).slice(0, AT_LEAST_SHOWN),
  };
}

function answers({ margin }: JudgedPassage): boolean {
  return margin >= PLACE_MARGIN;
}

/** Of each chunk that answers the passage that does most, which stands for the whole chunk; none that rather does not. */
function bestOfEach(passages: readonly JudgedPassage[]): JudgedPassage[] {
  const best = new Map<number, JudgedPassage>();
  for (const passage of passages) {
    const known = best.get(passage.chunk);
    if (known === undefined || passage.margin > known.margin) best.set(passage.chunk, passage);
  }
  const standing = [...best.values()].filter(({ margin }) => margin >= EVEN_MARGIN);
  return standing.map((passage) => ({ ...passage, margin: Math.max(passage.margin, passage.ofChunk) }));
}

function likelihood({ margin, ofChunk }: JudgedPassage): number {
  return margin + CHUNK_WEIGHT * ofChunk;
}

function sourceOf({ chunk, quote, margin }: JudgedPassage): Source {
  return { chunk, quote, support: margin };
}

function bySupport(sources: readonly Source[]): Source[] {
  return sources.toSorted((a, b) => b.support - a.support);
}

function inOrder(sources: readonly Source[]): Source[] {
  return sources.toSorted((a, b) => a.chunk - b.chunk || a.quote.start - b.quote.start);
}
