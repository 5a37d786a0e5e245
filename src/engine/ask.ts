import { TRAINED_PREFIX } from "../prompt/trained.ts";
import { choose } from "./answer/choose.ts";
import { type HintInput, hintsOf } from "./answer/hints.ts";
import { isOfOtherKind } from "./answer/other-kind.ts";
import { respond } from "./answer/respond.ts";
import { findAnswers } from "./answer/short.ts";
import type { Found } from "./answer/spoken.ts";
import { requireRoom } from "./answer/window.ts";
import type { Asked } from "./asked.ts";
import { type AttributeInput, attribute } from "./attribution/attribute.ts";
import { windowParts } from "./attribution/citation.ts";
import { openCandidates } from "./candidates/open.ts";
import { type Condensing, condense, openCondenser } from "./condense.ts";
import { PLACE_MARGIN } from "./condenser/confidence.ts";
import { type AskOptions, type EngineInput, modelInfo } from "./options.ts";
import { fuse } from "./ranking/fuse.ts";
import { judgingOrder } from "./ranking/judging-order.ts";
import { rankingLines } from "./ranking/ranking-table.ts";
import { retrieve } from "./ranking/retrieve.ts";
import { coverage } from "./receipt/coverage.ts";
import { StageClock } from "./receipt/stage-clock.ts";
import { oneStage } from "./receipt/stage-progress.ts";
import { tokenCounts } from "./receipt/token-counts.ts";
import type { Answer, Citation, ShortAnswer } from "./results.ts";

/** With candidate tokens alone, so many chunks are weighed for the confidence, the best of retrieval. */
const WEIGHED_CHUNKS = 8;

/**
 * Answers a question about the documents (FocusLLM, arXiv 2408.11745): every stage of the pipeline, in order. A chunk goes
 * through the model when it is condensed, and not before.
 */
export async function ask(
  input: EngineInput & { readonly question: string },
  given: AskOptions,
): Promise<Answer> {
  const { corpus, question } = input;
  const { documents } = corpus;
  const options = asTrained(given);
  const { reader, writer, chunkTokens, prompts } = options;
  const clock = new StageClock();
  const chunks = await corpus.chunks(reader, chunkTokens);
  const asked = { documents, chunks, question, prompts, chat: writer.chat };
  const roomTokens = windowRoom(asked, options);

  const { scores: bm25, relevance, idf, similarity } = retrieve(corpus, asked, options.vectors);
  const indexes = judgingOrder(relevance, { documents, chunks }, condensedChunks(options));
  await using candidates = await openCandidates({ chunks, question, bm25, roomTokens }, options);
  await using condenser = await openCondenser({ question, chunks, indexes }, options);
  const condensing = await condense({ ...asked, indexes, idf, candidates }, condenser, options);
  clock.lap("readMs", { condenseMs: condensing.condenseMs });

  const fused = fuse(relevance, condensing.scores, condensing.weights);
  const found = await findAnswers({ ...asked, idf, similarity, condensing }, options);
  clock.lap("condenseMs");
  const hints = hintsFor({ ...asked, found, roomTokens: roomTokens - chunkTokens }, options);
  const ranking = { fused, relevance, scores: condensing.scores };
  const chosen = choose({ ...asked, hints }, { ...ranking, roomTokens }, options);
  const lines = rankingLines({ ...ranking, documents, chunks, bm25, chosen });
  for (const message of lines) options.onEvent({ kind: "debug", message });
  const response = await respond(
    { ...asked, chosen, fused, idf, condensing, candidates, found, hints },
    options,
  );
  const { spoken, sources, style } = response;
  clock.lap("answerMs", { windowMs: spoken.windowMs });
  // Passages and answers may be of chunks that were not condensed.
  const read = condenser?.chunks.counter.chunks ?? [];
  if (read.length > condensing.scores.size)
    await condenser?.chunks.record({ documents, chunks: read, model: reader.name, all: chunks });

  // Every chunk that had a voice may have said it.
  const heard = { ...asked, answer: spoken.text, style, chosen: candidates?.indexes ?? chosen, idf, sources };
  const told = found.flatMap(({ text, sources: of }) => of.map((source) => ({ text, source })));
  const attributed = await attribute({ ...heard, ...evidence(condensing, heard), told }, options);
  clock.lap("attributeMs");
  const { citations, verdict, confidence, unsupported } = attributed;
  return {
    question,
    style,
    answer: spoken.text,
    verdict,
    confidence,
    answers: response.found.map((found) => shortAnswer(found, citations, asked)),
    citations,
    window: windowParts(chosen, fused, asked),
    condenser: options.candidates?.condenser ?? (condenser === undefined ? "likelihood" : "answer"),
    candidates: candidates === undefined ? null : candidates.info,
    answeringChunks: condenser === undefined ? null : answering(condensing.scores),
    unsupported,
    coverage: coverage({
      documents,
      skipped: corpus.skipped,
      chunks,
      searched: chunks.length,
      condensed: Math.max(condensing.scores.size, candidates?.chunks.length ?? 0),
      counts: condenser?.chunks.counter.counts ?? condensing.counts,
    }),
    tokens: tokenCounts({ condensing, condenser, candidates, spoken, attributeTokens: attributed.tokens }),
    timings: clock.timings(input.loadMs, spoken.firstTokenMs),
    models: { reader: modelInfo(reader), writer: modelInfo(writer) },
    settings: options.settings,
  };
}

/** What a writer is told; nothing where none writes. */
function hintsFor(input: HintInput, { answerStyle, writer }: AskOptions): string {
  return answerStyle === "write" ? hintsOf(input, writer) : "";
}

/** Adapters are trained with one prefix, whatever prompts the user has; and rows cannot be quoted. */
function asTrained(options: AskOptions): AskOptions {
  if (options.candidates === undefined) return options;
  const prompts = { ...options.prompts, prefix: TRAINED_PREFIX };
  return { ...options, prompts, answerStyle: "write", onEvent: oneStage(options.onEvent) };
}

/** Chunks that are condensed; where no window is selected, only as many as the confidence needs. */
function condensedChunks({ condenseChunks, candidates }: AskOptions): number {
  return candidates?.condenser === "candidates" ? Math.min(condenseChunks, WEIGHED_CHUNKS) : condenseChunks;
}

/** Tokens that selected chunks may take in the window: none where the answer stands on candidates alone. */
function windowRoom(asked: Asked, options: AskOptions): number {
  return options.candidates?.condenser === "candidates" ? 0 : requireRoom(asked, options);
}

function answering(scores: ReadonlyMap<number, number>): number {
  return [...scores.values()].filter((margin) => margin >= PLACE_MARGIN).length;
}

/** What the verdict is judged from. */
function evidence(
  { condenser, scores, explained }: Condensing,
  { answer, style, question }: Pick<AttributeInput, "answer" | "style" | "question">,
) {
  const margin = condenser === undefined ? undefined : Math.max(-Infinity, ...scores.values());
  return { margin, explained, isOfOtherKind: style === "short" && isOfOtherKind(answer, question) };
}

function shortAnswer(
  { text, confidence, sources }: Found,
  citations: readonly Citation[],
  { documents, chunks }: Asked,
): ShortAnswer {
  const own = citations.filter(({ path, start }) =>
    sources.some(({ chunk, quote }) => {
      return quote.start === start && documents[chunks[chunk]?.document ?? -1]?.path === path;
    }),
  );
  return { text, confidence, citations: own.map(({ id }) => id) };
}
