import type { Chunk } from "../../document/chunk.ts";
import { type Document, textOf } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import { contentWords } from "../ranking/words.ts";
import { type Attribution, shareOf, wordSet } from "./match.ts";

export type Evidence = {
  /** Whether the writer says that the passages do not answer. */
  readonly refused: boolean;
  readonly attributions: readonly Attribution[];
  /** Share (0 … 1) of the question's surprise that the best chunk explains. */
  readonly explained: number;
  /** Share (0 … 1) of the question's word weight that the best chosen chunk has. */
  readonly questionOverlap: number;
};

/** Below this the answer's sentences share too little with any passage to be called supported. */
const LEAST_OVERLAP = 0.3;
/**
 * Least evidence that the documents speak of what was asked: explained share + OVERLAP_WEIGHT * overlap. Chosen on a
 * speech of 29 chunks with the embedded reader: 20 of its own 25 questions and 3 of 50 foreign ones are above it.
 */
const LEAST_EVIDENCE = 0.27;
const OVERLAP_WEIGHT = 0.3;

/** Whether a passage bears a sentence out: it has enough of its words, and makes it likelier. */
export function bearsOut({ overlap, support }: Pick<Attribution, "overlap" | "support">): boolean {
  return overlap >= LEAST_OVERLAP && support > 0;
}

/** "absent" when the writer says so, or when neither the question nor the answer is borne out by the passages. */
export function judge({
  refused,
  attributions,
  explained,
  questionOverlap,
}: Evidence): "answered" | "absent" {
  if (refused) return "absent";
  if (explained + OVERLAP_WEIGHT * questionOverlap < LEAST_EVIDENCE) return "absent";
  return attributions.some(bearsOut) ? "answered" : "absent";
}

/** Words that the documents do not have may be synonyms of some that they have: they weigh less than a rare word. */
const SYNONYM_WEIGHT = 2;

export type OverlapInput = {
  readonly question: string;
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  readonly chosen: readonly number[];
  readonly idf: (form: string) => number;
};

/** Share (0 … 1) of the question's word weight that the best chosen chunk has. */
export function questionOverlap({ question, documents, chunks, chosen, idf }: OverlapInput): number {
  const language = commonLanguage(documents);
  const asked = new Map(
    contentWords(question, language).map(({ form }) => [form, idf(form) || SYNONYM_WEIGHT]),
  );
  const shares = chosen.map((index) => {
    const chunk = chunks[index];
    const text = textOf(documents, chunk);
    return shareOf(asked, wordSet(text, language));
  });
  return Math.max(0, ...shares);
}
