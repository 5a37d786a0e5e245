import { commonLanguage } from "../../document/language.ts";
import type { Asked } from "../asked.ts";
import { shareOf, wordSet, wordWeights } from "../attribution/match.ts";
import { apart, type Passage, passagesOf } from "../attribution/passage.ts";
import type { Condensing } from "../condense.ts";
import type { AskOptions } from "../options.ts";
import { order } from "../ranking/fuse.ts";
import { judgePassages } from "./judge.ts";
import { type Response, unwritten } from "./spoken.ts";

/** Passages that are quoted at most, and those that are judged by the reader, best of the words first. */
const MOST_QUOTED = 3;
const MOST_JUDGED = 12;
/** A fused score of chunks counts this much beside the share of the question's words in a sentence. */
const CHUNK_WEIGHT = 0.02;

export type QuoteInput = Asked & {
  /** Indexes of the chunks to quote from. */
  readonly chosen: readonly number[];
  /** (nChunks) fused scores. */
  readonly fused: Float64Array;
  readonly idf: (form: string) => number;
  readonly condensing: Condensing;
};

/** A passage that may be quoted. */
type Quotable = Passage & { readonly score: number };

/**
 * Answers with the documents' own passages, best first: those that have most of the question's words are judged by the
 * reader, each alone. Nothing in such an answer is made up. Every one after the first must answer too.
 */
export async function quote(input: QuoteInput, options: AskOptions): Promise<Response> {
  const startMs = performance.now();
  const best = quotable(input).slice(0, MOST_JUDGED);
  const { scores, least } = await judgePassages(best, input, options);
  const ranked = order(scores).filter((i, rank) => rank === 0 || (scores[i] ?? 0) >= least);
  const quoted = ranked.slice(0, MOST_QUOTED);
  const text = quoted.flatMap((i) => best[i]?.text ?? []).join("\n\n");
  const sources = quoted.flatMap((i) => {
    const found = best[i];
    return found === undefined ? [] : [{ chunk: found.chunk, quote: found.quote, support: scores[i] ?? 0 }];
  });
  return { style: "quote", spoken: unwritten(text, performance.now() - startMs), found: [], sources };
}

/** Passages of the chosen chunks, those with most of the question's words first; none stands in another. */
function quotable({ documents, chunks, chosen, fused, idf, question }: QuoteInput): Quotable[] {
  const language = commonLanguage(documents);
  const asked = wordWeights(question, idf, language);
  const all = chosen.flatMap((index) => {
    return passagesOf(index, { documents, chunks }).flatMap((passage): Quotable[] => {
      const words = wordSet(passage.text, language);
      const score = shareOf(asked, words) + CHUNK_WEIGHT * (fused[index] ?? 0);
      return words.size === 0 ? [] : [{ ...passage, score }];
    });
  });
  return apart(
    all.toSorted((a, b) => b.score - a.score),
    chunks,
  );
}
