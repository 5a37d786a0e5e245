import type { Chunk } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import { type Attribution, shareOf, wordSet, wordWeights } from "./match.ts";

export type Evidence = {
  readonly answer: string;
  readonly question: string;
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  readonly chosen: readonly number[];
  readonly idf: (form: string) => number;
  readonly attributions: readonly Attribution[];
};

/** How small models say that the excerpts do not answer. */
const REFUSAL =
  /\b(?:(?:is|are|was|were|does|do|did)\s*(?:not|n['’]t)\s+(?:explicitly\s+|specifically\s+|directly\s+)?(?:mention|specif|provid|contain|stat|includ|say|give|discuss|address|described|known|clear)|no (?:information|mention|details?)\b|cannot (?:be )?(?:answer|determin|find)|unable to (?:answer|find|determine)|not (?:in|found in|part of) the (?:document|excerpts?|text))/iu;

/** Below this the answer's sentences share too little with any passage to be called supported. */
const LEAST_OVERLAP = 0.3;
/** Below this the passages do not even speak of what was asked. */
const LEAST_QUESTION_OVERLAP = 0.3;

/** "absent" when the model says so, or when neither the question nor the answer is borne out by the passages. */
export function judge(evidence: Evidence): "answered" | "absent" {
  const { answer, attributions } = evidence;
  if (answer.length === 0 || REFUSAL.test(answer)) return "absent";
  const supported = attributions.some(({ overlap, support }) => overlap >= LEAST_OVERLAP && support > 0);
  return supported && questionOverlap(evidence) >= LEAST_QUESTION_OVERLAP ? "answered" : "absent";
}

/** Share (0 … 1) of the question's word weight that the best chosen chunk has. */
export function questionOverlap({
  question,
  documents,
  chunks,
  chosen,
  idf,
}: Omit<Evidence, "answer" | "attributions">): number {
  const asked = wordWeights(question, idf);
  const shares = chosen.map((index) => {
    const chunk = chunks[index];
    const text = documents[chunk?.document ?? -1]?.text.slice(chunk?.start, chunk?.end) ?? "";
    return shareOf(asked, wordSet(text));
  });
  return Math.max(0, ...shares);
}
