/** log odds = slope * evidence + bias */
export type Calibration = { readonly slope: number; readonly bias: number };

/** Probability (0 … 1) of log odds that are linear in the evidence (Platt scaling). */
export function probability(evidence: number, { slope, bias }: Calibration): number {
  return 1 / (1 + Math.exp(-(slope * evidence + bias)));
}

/**
 * The best margin among a document's chunks (nats) → log odds that the document answers. Fitted by bench/calibrate.mjs on the
 * dev files of 11 sources of questions, checked on 6 others: AUROC against other documents 0.97 and 0.93, against near
 * misses 0.84 and 0.95 (docs/quality.md).
 */
export const BEST_MARGIN: Calibration = { slope: 0.656, bias: -0.64 };

/** The margin at which an answer and ` none` are as likely, in nats. */
export const EVEN_MARGIN = 0;

/**
 * Below this the condenser's own answer is not given: "absent". At 0.1, 1.7 % of the answerable questions of the sources
 * that it was chosen on fall below, and 2.1 % of the others; at 0.05 none.
 */
export const ABSENT_BELOW = 0.08;
/** From this on the verdict is "answered"; between the two it is "uncertain". */
export const ANSWERED_FROM = 0.5;

/**
 * Chunks with such a margin, in nats, answer by themselves. On 17 dev sources of bench/calibrate.mjs it keeps 82 % of the right
 * passages and 2.6 % of passages about something else; at 0 it would keep 95 and 8.4 %.
 */
export const PLACE_MARGIN = 2;
