import { commonLanguage } from "../../document/language.ts";
import type { Asked } from "../asked.ts";
import { order } from "../ranking/fuse.ts";
import { shareOf, wordSet, wordWeights } from "./match.ts";
import { type Passage, passagesOf } from "./passage.ts";

export type NearestInput = Pick<Asked, "documents" | "chunks" | "question"> & {
  readonly idf: (form: string) => number;
};

/** A passage and the share (0 … 1) of the question's words that it has. */
export type NearPassage = Passage & { readonly share: number };

/** The passages of a chunk, those with most of the question's words first. */
export function nearestPassages(
  index: number,
  { documents, chunks, question, idf }: NearestInput,
): NearPassage[] {
  const language = commonLanguage(documents);
  const asked = wordWeights(question, idf, language);
  const all = passagesOf(index, { documents, chunks }).map((passage) => {
    return { ...passage, share: shareOf(asked, wordSet(passage.text, language)) };
  });
  return order(all.map(({ share }) => share)).flatMap((i) => all[i] ?? []);
}
