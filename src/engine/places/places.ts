import type { Source } from "../attribution/match.ts";
import { apart } from "../attribution/passage.ts";
import { CHUNK_WEIGHT, EVEN_MARGIN, leastPlaceMargin, PLACE_MARGIN } from "../condenser/confidence.ts";
import type { PassageMargin } from "../condenser/passage-margins.ts";
import { type PassagesInput, passagesOfAnswering, passagesOfOthers } from "./judge-passages.ts";

/**
 * Below these margins, in nats, a chunk that does not answer by itself is not looked at, and no passage is shown. Chosen, as what stands
 * below, with bench/find.mjs on nine dev sets, and checked on questions in other words than the document's (docs/quality.md).
 */
const LEAST_OF_CHUNK = -4;
const LEAST_OF_PASSAGE = -1;
/** Nats below the surest place at which none is sure any more, and none is shown: of a question with one answer the others have some words. */
const SURE_SPREAD = 3;
const SPREAD = 5;
/** Places that are shown beside the sure ones at most. */
const MOST_UNCERTAIN = 5;
/** Where none is sure, so many are shown in any case, of passages from this margin on. */
const AT_LEAST_SHOWN = 2;
const LEAST_OF_ALL = -3;

export type PlacesFound = {
  /** In the order of the documents. */
  readonly sure: readonly Source[];
  /** The likeliest first. */
  readonly uncertain: readonly Source[];
};

/** Index of a chunk → its margin, in nats. */
type Margins = ReadonlyMap<number, number>;

/** The passages that answer, and a few that may. */
export async function placesIn(scores: Margins, input: PassagesInput): Promise<PlacesFound> {
  const { ofAnswering, all } = await passagesIn(scores, input);
  const places = [...bestOfEach(ofAnswering, scores), ...all.filter(({ margin }) => margin >= PLACE_MARGIN)];
  const best = bySupport(places.map(sourceOf));
  const least = (best[0]?.support ?? -Infinity) - SURE_SPREAD;
  const sure = apart(
    best.filter(({ support }) => support >= least),
    input.chunks,
  );
  return { sure: inOrder(sure), uncertain: beside(sure, likeliest(all, scores), input) };
}

type Judged = {
  /** Of chunks that answer. */
  readonly ofAnswering: readonly PassageMargin[];
  readonly all: readonly PassageMargin[];
};

async function passagesIn(scores: Margins, input: PassagesInput): Promise<Judged> {
  const least = leastPlaceMargin(Math.max(...scores.values()));
  const best = [...scores].sort(([, a], [, b]) => b - a);
  const between = (from: number, to: number): number[] =>
    best.filter(([, margin]) => margin >= from && margin < to).map(([index]) => index);
  const answering = between(least, Number.POSITIVE_INFINITY);
  const ofAnswering = await passagesOfAnswering(answering, input);
  // The margins above are a condenser's, and a server would read every passage anew.
  if (input.judge.readsPartsAnew) return { ofAnswering, all: ofAnswering };
  const others = { ...input, areAll: answering.length === 0 };
  return {
    ofAnswering,
    all: [...ofAnswering, ...(await passagesOfOthers(between(LEAST_OF_CHUNK, least), others))],
  };
}

/** Those that may answer, of passages that are given likeliest first; `sure` come surest first. */
function beside(
  sure: readonly Source[],
  likely: readonly PassageMargin[],
  { chunks }: PassagesInput,
): Source[] {
  const from = (least: number, kept: readonly Source[]): Source[] => {
    const heard = likely.filter(({ margin }) => margin >= least).map(sourceOf);
    return apart([...sure, ...kept, ...heard], chunks).slice(sure.length);
  };
  const best = sure[0]?.support ?? -Infinity;
  const uncertain = from(Math.max(LEAST_OF_PASSAGE, best - SPREAD), []).slice(0, MOST_UNCERTAIN);
  const isEnough = sure.length > 0 || uncertain.length >= AT_LEAST_SHOWN;
  return isEnough ? uncertain : from(LEAST_OF_ALL, uncertain).slice(0, AT_LEAST_SHOWN);
}

/** Of each chunk that answers the passage that does most, which stands for the whole chunk; none that rather does not. */
function bestOfEach(passages: readonly PassageMargin[], scores: Margins): PassageMargin[] {
  const best = new Map<number, PassageMargin>();
  for (const passage of passages) {
    const known = best.get(passage.chunk);
    if (known === undefined || passage.margin > known.margin) best.set(passage.chunk, passage);
  }
  const standing = [...best.values()].filter(({ margin }) => margin >= EVEN_MARGIN);
  return standing.map((passage) => {
    return { ...passage, margin: Math.max(passage.margin, scores.get(passage.chunk) ?? -Infinity) };
  });
}

function likeliest(passages: readonly PassageMargin[], scores: Margins): PassageMargin[] {
  const likelihood = ({ margin, chunk }: PassageMargin): number =>
    margin + CHUNK_WEIGHT * (scores.get(chunk) ?? 0);
  return passages.toSorted((a, b) => likelihood(b) - likelihood(a));
}

function sourceOf({ chunk, quote, margin }: PassageMargin): Source {
  return { chunk, quote, support: margin };
}

function bySupport(sources: readonly Source[]): Source[] {
  return sources.toSorted((a, b) => b.support - a.support);
}

function inOrder(sources: readonly Source[]): Source[] {
  return sources.toSorted((a, b) => a.chunk - b.chunk || a.quote.start - b.quote.start);
}
