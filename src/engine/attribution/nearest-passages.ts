import { commonLanguage } from "../../document/language.ts";
import type { Asked } from "../asked.ts";
import { order } from "../ranking/fuse.ts";
import type { Nearness } from "../ranking/retrieve.ts";
import { shareOf, wordSet, wordWeights } from "./match.ts";
import { type Passage, passagesOf } from "./passage.ts";

/**
 * How much a passage's similarity counts beside the share of the question's words that it has. Of 60 questions in other words 55 have a
 * right passage among those that are judged instead of 52, of 67 of nine dev sets 59 instead of 58; 1 does alike.
 */
const SIMILARITY_WEIGHT = 0.5;

export type NearestInput = Pick<Asked, "documents" | "chunks" | "question"> & Nearness;

export type NearPassage = Passage & {
  /** Of the question's words that it has (0 … 1). */
  readonly share: number;
  /** To the question (-1 … 1). */
  readonly similarity: number;
};

/** The passages of a chunk, nearest to the question first, by words and by what they mean. */
export function nearestPassages(
  index: number,
  { documents, chunks, question, idf, similarity }: NearestInput,
): NearPassage[] {
  const language = commonLanguage(documents);
  const asked = wordWeights(question, idf, language);
  const source = documents[chunks[index]?.document ?? -1];
  const all = passagesOf(index, { documents, chunks }).map((passage) => {
    const share = shareOf(asked, wordSet(passage.text, language));
    return { ...passage, share, similarity: source === undefined ? 0 : similarity(passage.text, source) };
  });
  return order(all.map((one) => one.share + SIMILARITY_WEIGHT * one.similarity)).flatMap((i) => all[i] ?? []);
}
