/** log odds = slope * evidence + bias */
export type Calibration = { readonly slope: number; readonly bias: number };

/** Probability (0 … 1) of log odds that are linear in the evidence (Platt scaling). */
export function probability(evidence: number, { slope, bias }: Calibration): number {
  return 1 / (1 + Math.exp(-(slope * evidence + bias)));
}

/**
 * The best margin among a document's chunks (nats) → log odds that the document answers. Fitted by bench/calibrate.mjs on the
 * dev files of 11 sources of questions, checked on 6 others: AUROC against other documents 0.986 and 0.965, against near
 * misses 0.89 and 0.98. The best sentence's margin, the words that it shares and what it means add nothing (docs/quality.md).
 */
export const BEST_MARGIN: Calibration = { slope: 0.755, bias: -0.297 };

/** The margin at which an answer and ` none` are as likely, in nats. */
export const EVEN_MARGIN = 0;

/**
 * Below this the condenser's own answer is not given: "absent". No answerable question of the dev sources is below 0.05; of 60
 * that are asked in other words than the document's (bench/own-words.mjs) 9 are, 6 below 0.03, and 4 below 0.02, of which one would
 * be answered rightly. Of the dev sources' other documents 61 % (fitted) and 29 % (checked) are below 0.02.
 */
export const ABSENT_BELOW = 0.02;
/** From this on the verdict is "answered"; between the two it is "uncertain". */
export const ANSWERED_FROM = 0.5;

/**
 * Chunks with such a margin, in nats, answer by themselves. On 17 dev sources of bench/calibrate.mjs it keeps 93 % of the right
 * passages, and the best of four about something else in 8 %; at 0 it would keep 94 and 10 %, at 1 89 and 7 %, at 2 81 and 6 %.
 */
export const PLACE_MARGIN = 0.5;
/**
 * Where one chunk of a document answers, so do those whose margins are at most so many nats below its own and not below the second
 * figure: with leg 5, of 17 chunks with facts of one kind, far above all other chunks, 7 were above 1 (PLACE_MARGIN then) and 17 above the
 * second figure; of these sources, most of whose questions have one place, the best of four others was kept in 19 % instead of 17, as it was then.
 */
const PLACE_SPREAD = 3;
const LEAST_PLACE_MARGIN = -1;

/** The least margin of a chunk that answers, in nats, where `best` is the highest one of the document. */
export function leastPlaceMargin(best: number): number {
  if (best < PLACE_MARGIN) return PLACE_MARGIN;
  return Math.min(PLACE_MARGIN, Math.max(LEAST_PLACE_MARGIN, best - PLACE_SPREAD));
}

/** What a chunk's margin counts beside the margin of a passage of it (bench/short.mjs: a quarter to one do alike). */
export const CHUNK_WEIGHT = 0.5;

/**
 * Parts with such a margin answer by themselves: of 52 right passages of 7 dev sets 75 % do, and 22 % of 313 others that the best
 * chunks have (bench/short.mjs, leg 5).
 */
export const PART_MARGIN = 0.5;

/** Chunks that are judged before it is asked whether one answers surely. */
export const JUDGED_AT_ONCE = 8;
/**
 * The margin, in nats, with which a chunk answers surely after so many times JUDGED_AT_ONCE chunks (88, 80, 67, 51 %; the last from then
 * on), so that no further ones are judged: those have few of the question's words, and are more often wrong than better. With leg 5, whose
 * margins for these were 4, 3, 2 and 1, evidence in a window of 2,048 tokens, bench/ask.mjs: 63 questions of 12 dev sets, 94.6 % with 9.4 chunks in the mean instead of 94.2 with 16.7;
 * 83 questions of four sets, each about one text of 148 to 903 chunks, 90.5 % with 15 instead of 90.5 with 64 (91.0 with 27, where 4
 * is asked for throughout).
 */
const SURE_MARGINS = [3, 2.25, 1.33, 0.45] as const;

/** The least margin of a chunk, in nats, at which no further ones are judged after so many. */
export function sureMargin(judged: number): number {
  const at = Math.min(SURE_MARGINS.length, Math.floor(judged / JUDGED_AT_ONCE)) - 1;
  return SURE_MARGINS[at] ?? Number.POSITIVE_INFINITY;
}
