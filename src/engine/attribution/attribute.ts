import { textOf } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import { type Span, sentences } from "../../document/sentences.ts";
import type { Asked } from "../asked.ts";
import type { AskOptions, ReadOptions } from "../options.ts";
import type { Answer, Citation, Verdict } from "../results.ts";
import { attributeSentences } from "./attribute-sentences.ts";
import { cite } from "./citation.ts";
import { foreignTerms, inventory } from "./foreign.ts";
import type { Attribution, MatchInput, Source } from "./match.ts";
import { passageAround } from "./passage.ts";
import { declines } from "./refusal.ts";
import { sourceTold, type Told } from "./told.ts";
import { bearsOut, judge, questionOverlap } from "./verdict.ts";

export type AttributeInput = Asked & {
  readonly answer: string;
  readonly style: Answer["style"];
  /** Whether the answer is of another kind than what is asked for. */
  readonly isOfOtherKind: boolean;
  /** Indexes of the chunks that the answer was made from. */
  readonly chosen: readonly number[];
  readonly idf: (form: string) => number;
  /** The passages that the answer is, or was made of; undefined where they have to be looked for. */
  readonly sources: readonly Source[] | undefined;
  /** What the writer was told of; may be empty. */
  readonly told: readonly Told[];
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

/**
 * Finds for each sentence of the answer the passage that bears it out, by matching words and by likelihood, and judges
 * whether the documents answer at all. Computed, never asked of the model.
 */
export async function attribute(asked: AttributeInput, options: AskOptions): Promise<Attributed> {
  const { answer, style, told } = asked;
  const isWritten = style === "write";
  const declined = declines({ answer, style });
  const judged = judge({ ...asked, declined, isWritten, questionOverlap: questionOverlap(asked) });
  const isAbsent = judged.verdict === "absent";
  const beside = told.map(({ source }) => source);
  // What declines has no source; what is nearest to the question is worth showing instead.
  const sources = asked.sources ?? (isAbsent ? beside : []);
  if (sources.length > 0) return { ...judged, citations: cite(sources, asked), unsupported: [], tokens: 0 };
  const wanted = isAbsent ? asked.question : answer;
  const spans = sentences(wanted, { start: 0, end: wanted.length });
  const input = { ...asked, answer: wanted, spans };
  if (options.candidates !== undefined && !isAbsent)
    return { ...judged, ...(await borneOut(input, options)) };
  const { sources: own, tokens } = await sentenceSources({ ...input, isAbsent }, options);
  const others = judged.verdict === "uncertain" ? beside : [];
  return { ...judged, citations: cite([...own, ...others], input), unsupported: [], tokens };
}

/** What stands on candidate tokens: the passages that bear its sentences out, and the sentences that none does. */
async function borneOut(
  input: MatchInput,
  options: ReadOptions,
): Promise<Pick<Attributed, "citations" | "unsupported" | "tokens">> {
  const { attributions: found, tokens } = await attributeSentences(input, options);
  const borne = found.filter((attribution) => borneOutWhole(attribution, input));
  const unsupported = input.spans.filter((span) => !borne.some(({ sentence }) => sentence === span));
  const sources = borne.map((attribution) => passageOf(attribution, input));
  return { citations: cite(sources, input), unsupported, tokens };
}

/**
 * The passage of each sentence: that of the short answer which it says, or the one that bears it out best; a sentence that has
 * nothing to do with any has none. Of a question that nothing answers it is the nearest, whatever that is.
 */
async function sentenceSources(
  { told, isAbsent, ...input }: MatchInput & { readonly told: readonly Told[]; readonly isAbsent: boolean },
  options: ReadOptions,
): Promise<{ readonly sources: readonly Source[]; readonly tokens: number }> {
  const { answer, spans, documents } = input;
  const language = commonLanguage(documents);
  const sourceOf = new Map(
    spans.map((span) => [span, sourceTold(answer.slice(span.start, span.end), told, language)]),
  );
  const open = { ...input, spans: spans.filter((span) => sourceOf.get(span) === undefined) };
  const { attributions: found, tokens } = await attributeSentences(open, options);
  const shown = found.filter(({ isRelated }) => isRelated || isAbsent);
  for (const one of shown) sourceOf.set(one.sentence, passageOf(one, open));
  return { sources: spans.flatMap((span) => sourceOf.get(span) ?? []), tokens };
}

/** A quote with what it needs to be understood. */
function passageOf({ chunk, quote, support }: Attribution, { documents, chunks }: MatchInput): Source {
  const source = documents[chunks[chunk]?.document ?? -1];
  return { chunk, quote: source === undefined ? quote : passageAround(source, quote), support };
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
  const known = inventory(`${text}\n${question}`, commonLanguage(documents));
  const foreign = foreignTerms(answer.slice(sentence.start, sentence.end), known);
  return bearsOut(attribution) && foreign.length === 0;
}
