/** log odds = slope * evidence + bias */
export type Calibration = { readonly slope: number; readonly bias: number };

/** Probability (0 … 1) of log odds that are linear in the evidence (Platt scaling). */
export function probability(evidence: number, { slope, bias }: Calibration): number {
  return 1 / (1 + Math.exp(-(slope * evidence + bias)));
}

/**
 * The best margin among a document's chunks (nats) → log odds that the document answers. Fitted by bench/calibrate.mjs on the
 * dev files of 11 sources of questions, checked on 6 others: AUROC against other documents 0.98 and 0.94, against near
 * misses 0.84 and 0.93. The best sentence's margin and the words that it shares add nothing (docs/quality.md).
 */
export const BEST_MARGIN: Calibration = { slope: 0.695, bias: -0.043 };

/** The margin at which an answer and ` none` are as likely, in nats. */
export const EVEN_MARGIN = 0;

/**
 * Below this the condenser's own answer is not given: "absent". No answerable question of the dev sources is below 0.08; of 60
 * that are asked in other words than the document's (bench/own-words.mjs) 8 are, and 3 below 0.03: 1 % of all. Of other
 * documents 57 and 33 % are below 0.03.
 */
export const ABSENT_BELOW = 0.03;
/** From this on the verdict is "answered"; between the two it is "uncertain". */
export const ANSWERED_FROM = 0.5;

/**
 * Chunks with such a margin, in nats, answer by themselves. On 17 dev sources of bench/calibrate.mjs it keeps 85 % of the right
 * passages and 2.2 % of passages about something else; at 0 it would keep 89 and 3.7 %, at 2 62 and 0.7 %.
 */
export const PLACE_MARGIN = 0.5;
/**
 * Where one chunk of a document answers, so do those whose margins are at most so many nats below its own and not below the second
 * figure: facts of one kind have margins on both sides of PLACE_MARGIN. On 136 questions of 17 dev sets, most of which have one
 * place, it keeps 86 % of the right passages instead of 85, and the best of four others beside them in 14 % instead of 12
 * (bench/calibrate.mjs); of 20 planted facts `focus find` has 19 instead of 11 (bench/places.mjs).
 */
const PLACE_SPREAD = 3;
const LEAST_PLACE_MARGIN = -1.5;

/** The least margin of a chunk that answers, in nats, where `best` is the highest one of the document. */
export function leastPlaceMargin(best: number): number {
  if (best < PLACE_MARGIN) return PLACE_MARGIN;
  return Math.min(PLACE_MARGIN, Math.max(LEAST_PLACE_MARGIN, best - PLACE_SPREAD));
}

/**
 * The margin of a part of a chunk behind the chunk's rows is lower than that of the same text read alone, by so many nats where it
 * answers: bench/short.mjs, 54 right passages of 7 dev sets (0.9 where it does not). Calibrated is the text alone.
 */
export const PART_SHIFT = 0.6;
/**
 * Parts with such a margin answer by themselves: of those passages 72 % do, and 21 % of 314 others; read alone and at 0, 78 and
 * 27 %.
 */
export const PART_MARGIN = -0.5;
