import { commonLanguage } from "../../document/language.ts";
import { type Span, sentences } from "../../document/sentences.ts";
import type { Asked } from "../asked.ts";
import { shareOf, wordSet, wordWeights } from "../attribution/match.ts";
import type { AskOptions } from "../options.ts";
import { order, zScores } from "../ranking/fuse.ts";
import { clippedLift, type DynamicPrompt } from "../ranking/likelihood.ts";
import { openReading } from "../reader/reading.ts";
import type { Spoken } from "./decode.ts";

/** Sentences that are quoted at most, and those that are looked at by likelihood, best of the words first. */
const MOST_QUOTED = 3;
const MOST_LOOKED_AT = 10;
/** A fused score of chunks counts this much beside the share of the question's words in a sentence. */
const CHUNK_WEIGHT = 0.02;

/** Content words; sentences with fewer are headings, labels and numbers of lists. */
const LEAST_WORDS = 3;

export type QuoteInput = Asked & {
  /** Indexes of the chunks to quote from. */
  readonly chosen: readonly number[];
  /** (nChunks) fused scores. */
  readonly fused: Float64Array;
  readonly idf: (form: string) => number;
  readonly prompt: DynamicPrompt;
};

/**
 * Answers with the documents' own sentences, best first, a paragraph each: those that have most of the question's words and, alone behind the prefix,
 * predict the question best. Nothing in such an answer is made up, which tiny writers cannot promise.
 */
export async function quote(input: QuoteInput, options: AskOptions): Promise<Spoken> {
  const { documents, chunks, chosen, fused, idf, question, prompt } = input;
  const { reader, prompts, signal, onEvent } = options;
  const startMs = performance.now();
  const language = commonLanguage(documents);
  const asked = wordWeights(question, idf, language);
  const found = chosen.flatMap((index) => {
    const chunk = chunks[index];
    const text = documents[chunk?.document ?? -1]?.text ?? "";
    const spans: readonly Span[] = chunk === undefined ? [] : sentences(text, chunk);
    return spans.flatMap(({ start, end }) => {
      const sentence = text.slice(start, end);
      const words = wordSet(sentence, language);
      if (words.size < LEAST_WORDS || sentence.startsWith("#")) return [];
      const score = shareOf(asked, words) + CHUNK_WEIGHT * (fused[index] ?? 0);
      return [{ sentence, score }];
    });
  });
  const best = found.sort((a, b) => b.score - a.score).slice(0, MOST_LOOKED_AT);
  const tokens = best.map(({ sentence }) => reader.tokenize(sentence));
  const longest = Math.max(0, ...tokens.map(({ length }) => length));
  const localTokens = prompt.local.tokens.length;
  const reading = await openReading(reader, {
    ...options,
    prefix: prompts.prefix,
    chunkTokens: longest,
    localTokens,
  });
  await using pool = reading.pool;
  const lifts = await pool.run(tokens, async (sentence, sequence) => {
    await sequence.reset();
    await sequence.prefill(Uint32Array.from([...reading.prefix, ...sentence]), { signal });
    return clippedLift(await sequence.logProbabilities(prompt.local.tokens, prompt.local.from), prompt);
  });
  const zWords = zScores(best.map(({ score }) => score));
  const zLifts = zScores(lifts);
  const ranked = order(best.map((_, i) => (zWords[i] ?? 0) + (zLifts[i] ?? 0)));
  const quoted = ranked.slice(0, MOST_QUOTED).flatMap((i) => best[i]?.sentence ?? []);
  const text = quoted.join("\n\n");
  onEvent({ kind: "text", text });
  const windowMs = performance.now() - startMs;
  return {
    text,
    windowTokens: pool.evaluatedTokens,
    tokens: 0,
    windowMs,
    firstTokenMs: windowMs,
    answerMs: 0,
    stop: "end",
  };
}
