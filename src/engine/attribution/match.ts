import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import { type Span, sentencesOf } from "../../document/sentences.ts";
import { contentWords } from "../ranking/words.ts";

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
  /** Whether the quote has any of the sentence's words or makes it likelier; a sentence without content words ("Yes.") is taken on trust. */
  readonly isRelated: boolean;
};

/** A passage that gives an answer, or bears a sentence of it out. */
export type Source = Pick<Attribution, "chunk" | "quote" | "support">;

export type MatchInput = {
  readonly answer: string;
  /** The answer's sentences, offsets into it. */
  readonly spans: readonly Span[];
  readonly question: string;
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  /** Indexes of the chunks that the answer was made from. */
  readonly chosen: readonly number[];
  readonly idf: (form: string) => number;
};

/** A nat of support a word weighs as much as this share of overlapping words. */
const SUPPORT_WEIGHT = 0.15;
/** Short answers ("42 days") match many sentences; the one that speaks of the question is meant. */
const QUESTION_WEIGHT = 0.5;

/** The chunk's sentence that matches best, by words alone. */
type Match = Pick<Attribution, "chunk" | "quote" | "overlap"> & {
  readonly score: number;
  /** Content words of the answer's sentence. */
  readonly nWords: number;
};

/**
 * For each sentence of the answer, the `most` chunks that match it best, best first: each with its sentence that shares
 * most of the idf weight of the answer's words, and of the question's. Quotes are spans of the source.
 */
export function matchWords(input: MatchInput, most: number): Match[][] {
  const { question, documents, chosen, idf } = input;
  const language = commonLanguage(documents);
  const sources = chosen.map((index) => ({ chunk: index, quotes: quotable(input, index, language) }));
  const asked = wordWeights(question, idf, language);
  return input.spans.map(({ start, end }) => {
    const said = wordWeights(input.answer.slice(start, end), idf, language);
    const matches = sources.flatMap(({ chunk, quotes }): Match[] => {
      const scored = quotes.map(({ quote, words }) => {
        const overlap = shareOf(said, words);
        return {
          chunk,
          quote,
          overlap,
          nWords: said.size,
          score: overlap + QUESTION_WEIGHT * shareOf(asked, words),
        };
      });
      const best = scored.sort((a, b) => b.score - a.score)[0];
      return best === undefined ? [] : [best];
    });
    return matches.sort((a, b) => b.score - a.score).slice(0, most);
  });
}

/** (nats) by which a chunk makes a sentence of the answer likelier. */
export type SupportOf = (chunk: number, sentence: number) => number;

/** The best match of each sentence when likelihood is counted in. A sentence without a match has no attribution. */
export function attributions(
  spans: readonly Span[],
  matches: readonly (readonly Match[])[],
  supportOf: SupportOf,
): Attribution[] {
  return spans.flatMap((sentence, at) => {
    const weighed = (matches[at] ?? []).map(({ chunk, quote, overlap, nWords, score }) => {
      const support = supportOf(chunk, at);
      const total = score + (SUPPORT_WEIGHT * support) / Math.max(1, nWords);
      const isRelated = overlap > 0 || support > 0 || nWords === 0;
      return { total, attribution: { sentence, chunk, quote, overlap, support, isRelated } };
    });
    const best = weighed.sort((a, b) => b.total - a.total)[0];
    return best === undefined ? [] : [best.attribution];
  });
}

type Quotable = { readonly quote: Span; readonly words: ReadonlySet<string> };

function quotable({ chunks, documents }: MatchInput, index: number, language: string): Quotable[] {
  const chunk = chunks[index];
  const source = documents[chunk?.document ?? -1];
  if (chunk === undefined || source === undefined) return [];
  return sentencesOf(source, chunk).map(({ start, end }) => ({
    quote: { start, end },
    words: wordSet(source.text.slice(start, end), language),
  }));
}

/** Words that the documents do not have weigh as much as the rarest would: nothing bears them out. */
const UNKNOWN_WORD_WEIGHT = 5;

/** Content words of a text with their idf. `language`: ISO 639-3 code that `idf` was counted in. */
export function wordWeights(
  text: string,
  idf: (form: string) => number,
  language?: string,
): Map<string, number> {
  return new Map(contentWords(text, language).map(({ form }) => [form, idf(form) || UNKNOWN_WORD_WEIGHT]));
}

/** The content words of a text. */
export function wordSet(text: string, language?: string): ReadonlySet<string> {
  return new Set(contentWords(text, language).map(({ form }) => form));
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
