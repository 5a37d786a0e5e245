/** log odds = slope * evidence + bias */
export type Calibration = { readonly slope: number; readonly bias: number };

/** Probability (0 … 1) of log odds that are linear in the evidence (Platt scaling). */
export function probability(evidence: number, { slope, bias }: Calibration): number {
  return 1 / (1 + Math.exp(-(slope * evidence + bias)));
}

/**
 * The best margin among a document's chunks (nats) → log odds that the document answers. Fitted and checked by
 * bench/calibrate.mjs; figures in docs/quality.md.
 */
export const BEST_MARGIN: Calibration = { slope: 1, bias: 0 };

/** Below this the condenser's own answer is not given: "absent". */
export const ABSENT_BELOW = 0.1;
/** From this on the verdict is "answered"; between the two it is "uncertain". */
export const ANSWERED_FROM = 0.5;
