import { commonLanguage } from "../../document/language.ts";
import type { Asked } from "../asked.ts";
import { type Source, shareOf, wordSet, wordWeights } from "../attribution/match.ts";
import { type Passage, passagesOf } from "../attribution/passage.ts";
import { hasWords, plainWords } from "../attribution/plain-words.ts";
import type { Condenser } from "../condenser/condenser.ts";
import { order } from "../ranking/fuse.ts";
import type { Nearness } from "../ranking/retrieve.ts";
import { type PartInput, partsOf } from "../reader/chunk-part.ts";

/** Passages of a chunk that the condenser compares, those with most of the answer's and the question's words. */
const MOST_COMPARED = 16;
/** The answer's words count so many times as much as the question's. */
const ANSWER_WEIGHT = 2;

export type SourceInput = Asked &
  PartInput &
  Nearness & {
    readonly scores: ReadonlyMap<number, number>;
    readonly condenser: Condenser;
  };

/**
 * The passage of a chunk that a short answer was taken from. One that alone has the answer's very words is it; of several,
 * or where the answer is in other words ("Yes"), the one that alone makes the answer likeliest.
 */
export async function sourceOf(
  answer: string,
  index: number,
  input: SourceInput,
): Promise<Source | undefined> {
  const { scores } = input;
  const all = passagesOf(index, input);
  const said = plainWords(answer);
  const verbatim = all.filter(({ text }) => hasWords(plainWords(text), said));
  const compared = nearest(verbatim.length > 0 ? verbatim : all, { answer, ...input });
  const best = compared.length > 1 ? await likeliest(compared, answer, input) : compared[0];
  return best === undefined
    ? undefined
    : { chunk: index, quote: best.quote, support: scores.get(index) ?? 0 };
}

type Named = Pick<SourceInput, "documents" | "question" | "idf"> & { readonly answer: string };

/** Those with most of the words of answer and question, best first. */
function nearest(all: readonly Passage[], { answer, documents, question, idf }: Named): Passage[] {
  const language = commonLanguage(documents);
  const said = wordWeights(answer, idf, language);
  const asked = wordWeights(question, idf, language);
  const scores = all.map(({ text }) => {
    const words = wordSet(text, language);
    return ANSWER_WEIGHT * shareOf(said, words) + shareOf(asked, words);
  });
  return order(scores)
    .slice(0, MOST_COMPARED)
    .flatMap((i) => all[i] ?? []);
}

async function likeliest(
  all: readonly Passage[],
  answer: string,
  input: SourceInput,
): Promise<Passage | undefined> {
  const supports = await input.condenser.supports(partsOf(all, input), answer);
  return all[order(supports)[0] ?? 0];
}
