import { textOf } from "../../document/document.ts";
import { type Span, sentences } from "../../document/sentences.ts";
import { requireCapabilities } from "../../model/capabilities.ts";
import { fill, partBefore } from "../../prompt/template.ts";
import type { Asked } from "../asked.ts";
import type { AskOptions, ReadOptions } from "../options.ts";
import { ChunkReader } from "../reader/chunk-reader.ts";
import { totalTokens } from "../receipt/coverage.ts";
import { StageProgress } from "../receipt/stage-progress.ts";
import type { Answer, Citation, Verdict } from "../results.ts";
import { cite } from "./citation.ts";
import { foreignTerms, inventory } from "./foreign.ts";
import { type Attribution, attributions, type MatchInput, matchWords, type Source } from "./match.ts";
import { passageAround } from "./passage.ts";
import { declines } from "./refusal.ts";
import { claims, support } from "./support.ts";
import { bearsOut, judge, questionOverlap } from "./verdict.ts";

export type AttributeInput = Asked & {
  readonly answer: string;
  readonly style: Answer["style"];
  /** Indexes of the chunks that the answer was made from. */
  readonly chosen: readonly number[];
  readonly idf: (form: string) => number;
  /** The passages that the answer is, or was made of; undefined where they have to be looked for. */
  readonly sources: readonly Source[] | undefined;
  readonly margin: number | undefined;
  readonly explained: number | undefined;
};

export type Attributed = {
  readonly citations: readonly Citation[];
  readonly verdict: Verdict;
  /** Probability (0 … 1) that the documents answer. */
  readonly confidence: number;
  /** Sentences of the answer that no passage bears out, of an answer that has others. */
  readonly unsupported: readonly Span[];
  /** Tokens that the reader evaluated for it. */
  readonly tokens: number;
};

/** So many chunks are weighed by likelihood for each sentence of the answer, those whose words match best. */
const MOST_CHUNKS = 3;

/**
 * Finds for each sentence of the answer the passage that bears it out, by matching words and by likelihood, and judges
 * whether the documents answer at all. Computed, never asked of the model.
 */
export async function attribute(asked: AttributeInput, options: AskOptions): Promise<Attributed> {
  const { sources, answer, style } = asked;
  const isWritten = style === "write";
  const declined = declines({ answer, style });
  const judged = judge({ ...asked, declined, isWritten, questionOverlap: questionOverlap(asked) });
  if (sources !== undefined && sources.length > 0) {
    return { ...judged, citations: cite(sources, asked), unsupported: [], tokens: 0 };
  }
  // What declines has no source; what is nearest to the question is worth showing instead.
  const wanted = judged.verdict === "absent" ? asked.question : answer;
  const spans = sentences(wanted, { start: 0, end: wanted.length });
  const input = { ...asked, answer: wanted, spans };
  const { attributions: found, tokens } = await attributeSentences(input, options);
  if (options.candidates === undefined || judged.verdict === "absent") {
    return { ...judged, citations: cite(passages(found, input), input), unsupported: [], tokens };
  }
  const borne = found.filter((attribution) => borneOutWhole(attribution, input));
  const unsupported = spans.filter((span) => !borne.some(({ sentence }) => sentence === span));
  return { ...judged, citations: cite(passages(borne, input), input), unsupported, tokens };
}

/** Quotes with what they need to be understood. */
function passages(found: readonly Attribution[], { documents, chunks }: MatchInput): Source[] {
  return found.map(({ chunk, quote, support }) => {
    const source = documents[chunks[chunk]?.document ?? -1];
    return { chunk, quote: source === undefined ? quote : passageAround(source, quote), support };
  });
}

/**
 * Whether a passage bears a sentence out with all its numbers and names. Nobody can read what candidate tokens say, and
 * what a small model makes of them is often a true sentence with a wrong figure.
 */
function borneOutWhole(
  attribution: Attribution,
  { answer, question, documents, chunks }: MatchInput,
): boolean {
  const { sentence, chunk: index } = attribution;
  const chunk = chunks[index];
  const text = textOf(documents, chunk);
  const known = inventory(`${text}\n${question}`);
  const foreign = foreignTerms(answer.slice(sentence.start, sentence.end), known);
  return bearsOut(attribution) && foreign.length === 0;
}

/** The best passage of each sentence of `spans`; a sentence that shares nothing with any has none. */
export async function attributeSentences(
  input: MatchInput,
  options: ReadOptions,
): Promise<{ readonly attributions: readonly Attribution[]; readonly tokens: number }> {
  const { question, chunks, spans } = input;
  const { reader, prompts, onEvent } = options;
  requireCapabilities(reader, ["score"]);
  const matches = matchWords(input, MOST_CHUNKS);
  const wanted = new Map<number, number[]>();
  for (const [i, ofSentence] of matches.entries()) {
    for (const { chunk } of ofSentence) wanted.set(chunk, [...(wanted.get(chunk) ?? []), i]);
  }
  const before = fill(partBefore(prompts.support, "answer"), { question });
  const all = claims(reader, before, input);
  const localTokens = Math.max(0, ...all.map(({ tokens }) => tokens.length));
  await using own = await ChunkReader.open(reader, { ...options, prefix: prompts.prefix, localTokens });
  const used = [...wanted.keys()].map((index) => chunks[index]).filter((chunk) => chunk !== undefined);
  const claimTokens = [...wanted.values()].flat().reduce((sum, i) => sum + (all[i]?.tokens.length ?? 0), 0);
  const progress = new StageProgress("attribute", totalTokens(used) + claimTokens, onEvent);
  const supports = await support({ chunks, claims: all, wanted, progress }, own);
  const found = attributions(spans, matches, (chunk, sentence) => supports.get(chunk)?.get(sentence) ?? 0);
  return { attributions: found, tokens: own.evaluatedTokens };
}
