import type { Chunk } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import { type Span, sentences } from "../document/sentences.ts";
import { contentWords } from "./words.ts";

/** A sentence of the answer and the passage that supports it best. */
export type Attribution = {
  /** Offsets into the answer. */
  readonly sentence: Span;
  /** Index into the chunk list. */
  readonly chunk: number;
  /** Offsets into the document's text. */
  readonly quote: Span;
  /** Share (0 … 1) of the sentence's word weight that the quote has too. */
  readonly overlap: number;
  /** log P(sentence | chunk) - log P(sentence | nothing), in nats. */
  readonly support: number;
};

export type MatchInput = {
  readonly answer: string;
  readonly question: string;
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  /** Chunks that the answer was made from. */
  readonly chosen: readonly number[];
  readonly idf: (form: string) => number;
  /** (nSentences) for each chosen chunk, in nats: how much likelier it makes each sentence of the answer. */
  readonly supports: ReadonlyMap<number, Float64Array>;
};

/** A nat of support a word weighs as much as this share of overlapping words. */
const SUPPORT_WEIGHT = 0.15;
/** Short answers ("42 days") match many sentences; the one that speaks of the question is meant. */
const QUESTION_WEIGHT = 0.5;

/**
 * For each sentence of the answer, the source sentence that matches best: word overlap weighted by idf, plus how much
 * likelier the sentence's chunk makes the answer. Computed, never asked of the model; quotes are spans of the source.
 */
export function match(input: MatchInput): Attribution[] {
  const sources = input.chosen.flatMap((index) => quotable(input, index));
  const asked = wordWeights(input.question, input.idf);
  return sentences(input.answer, { start: 0, end: input.answer.length }).flatMap((sentence, at) => {
    const said = wordWeights(input.answer.slice(sentence.start, sentence.end), input.idf);
    let best: Attribution | undefined;
    let bestScore = -Infinity;
    for (const { chunk, quote, words } of sources) {
      const overlap = shareOf(said, words);
      const support = input.supports.get(chunk)?.[at] ?? 0;
      const score =
        overlap + QUESTION_WEIGHT * shareOf(asked, words) + (SUPPORT_WEIGHT * support) / Math.max(1, said.size);
      if (score <= bestScore) continue;
      bestScore = score;
      best = { sentence, chunk, quote, overlap, support };
    }
    return best === undefined ? [] : [best];
  });
}

type Source = { readonly chunk: number; readonly quote: Span; readonly words: ReadonlySet<string> };

function quotable(input: MatchInput, index: number): Source[] {
  const chunk = input.chunks[index];
  const text = chunk === undefined ? undefined : input.documents[chunk.document]?.text;
  if (chunk === undefined || text === undefined) return [];
  return sentences(text, chunk).map((quote) => {
    const words = new Set(contentWords(text.slice(quote.start, quote.end)).map((word) => word.form));
    return { chunk: index, quote, words };
  });
}

/** Words that the documents do not have weigh as much as the rarest would: nothing bears them out. */
const UNKNOWN_WORD_WEIGHT = 5;

/** Content words of a text with their idf. */
export function wordWeights(text: string, idf: (form: string) => number): Map<string, number> {
  return new Map(contentWords(text).map(({ form }) => [form, idf(form) || UNKNOWN_WORD_WEIGHT]));
}

/** Share (0 … 1) of the weight that `words` hold; 0 where there is no weight. */
export function shareOf(weights: ReadonlyMap<string, number>, words: ReadonlySet<string>): number {
  let total = 0;
  let shared = 0;
  for (const [form, weight] of weights) {
    total += weight;
    if (words.has(form)) shared += weight;
  }
  return total > 0 ? shared / total : 0;
}
