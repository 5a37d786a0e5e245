import type { Attribution } from "./attribute.ts";

export type Evidence = {
  readonly answer: string;
  readonly attributions: readonly Attribution[];
  /** Share (0 … 1) of the question's word weight that the best chosen chunk has. */
  readonly questionOverlap: number;
};

/** How small models say that the excerpts do not answer. */
const REFUSAL =
  /\b(?:(?:is|are|was|were|does|do|did)\s*(?:not|n['’]t)\s+(?:explicitly\s+|specifically\s+|directly\s+)?(?:mention|specif|provid|contain|stat|includ|say|give|discuss|address|described|known|clear)|no (?:information|mention|details?)\b|cannot (?:be )?(?:answer|determin|find)|unable to (?:answer|find|determine)|not (?:in|found in|part of) the (?:document|excerpts?|text))/iu;

/** Below this the answer's sentences share too little with any passage to be called supported. */
const LEAST_OVERLAP = 0.3;
/** Below this the passages do not even speak of what was asked. */
const LEAST_QUESTION_OVERLAP = 0.3;

/** "absent" when the model says so, or when neither the question nor the answer is borne out by the passages. */
export function judge({ answer, attributions, questionOverlap }: Evidence): "answered" | "absent" {
  if (answer.length === 0 || REFUSAL.test(answer)) return "absent";
  const supported = attributions.some(({ overlap, support }) => overlap >= LEAST_OVERLAP && support > 0);
  return supported && questionOverlap >= LEAST_QUESTION_OVERLAP ? "answered" : "absent";
}
