import { chunkDocuments } from "../document/chunk.ts";
import { choose } from "./answer/choose.ts";
import { respond } from "./answer/respond.ts";
import { requireRoom } from "./answer/window.ts";
import type { Asked } from "./asked.ts";
import { attribute } from "./attribution/attribute.ts";
import { windowParts } from "./attribution/citation.ts";
import { openCandidates } from "./candidates/open.ts";
import { TRAINED_PREFIX } from "./candidates/prompt.ts";
import { type AskOptions, type EngineInput, modelInfo } from "./options.ts";
import { fuse, order } from "./ranking/fuse.ts";
import { readAndCondense } from "./ranking/likelihood.ts";
import { skim } from "./ranking/skim.ts";
import { coverage } from "./receipt/coverage.ts";
import { StageClock } from "./receipt/stage-clock.ts";
import { oneStage } from "./receipt/stage-progress.ts";
import type { Answer } from "./results.ts";

/** The share of the question that the best chunk explains is found among so many, the best of the skim. */
const VERDICT_CHUNKS = 8;

/**
 * Answers a question about the documents (FocusLLM, arXiv 2408.11745): every stage of the pipeline, in order. Without an
 * adapter a zero-shot score stands in place of trained candidate tokens.
 */
export async function ask(
  input: EngineInput & { readonly question: string },
  given: AskOptions,
): Promise<Answer> {
  const { documents, question } = input;
  const options = asTrained(given);
  const { reader, writer, chunkTokens, prompts } = options;
  const clock = new StageClock();
  const tokenize = (text: string): Uint32Array => reader.tokenize(text);
  const chunks = chunkDocuments(documents, { chunkTokens, tokenize });
  const asked = { documents, chunks, question, prompts, chat: writer.chat };
  const roomTokens = windowRoom(asked, options);

  const { scores: bm25, idf } = skim(documents, chunks, question);
  const indexes = order(bm25).slice(0, scoredChunks(options));
  await using candidates = await openCandidates({ chunks, question, bm25, roomTokens }, options);
  const condensed = await readAndCondense(asked, { indexes, idf, candidates }, options);
  clock.lap("readMs", { condenseMs: condensed.condenseMs });

  const fused = fuse(bm25, condensed.scores);
  const chosen = choose(asked, { fused, bm25, scores: condensed.scores, roomTokens }, options);
  const { prompt, explained } = condensed;
  const spoken = await respond({ ...asked, chosen, fused, idf, prompt, candidates }, options);
  clock.lap("answerMs", { windowMs: spoken.windowMs });

  // Every chunk that had a voice may have said it.
  const heard = { ...asked, answer: spoken.text, chosen: candidates?.indexes ?? chosen, idf, explained };
  const attributed = await attribute(heard, options);
  clock.lap("attributeMs");
  const { read, condense, reused } = condensed.tokens;
  return {
    question,
    style: options.answerStyle,
    answer: spoken.text,
    verdict: attributed.verdict,
    citations: attributed.citations,
    window: windowParts(chosen, fused, asked),
    condenser: options.candidates?.condenser ?? "score",
    candidates: candidates === undefined ? null : candidates.info,
    unsupported: attributed.unsupported,
    coverage: coverage({
      ...input,
      chunks,
      condensed: Math.max(condensed.scores.size, candidates?.chunks.length ?? 0),
    }),
    tokens: {
      computed: {
        read,
        condense: condense + (candidates?.evaluatedTokens ?? 0),
        window: spoken.windowTokens,
        answer: spoken.tokens,
        attribute: attributed.tokens,
      },
      reused,
    },
    timings: clock.timings(input.loadMs, spoken.firstTokenMs),
    models: { reader: modelInfo(reader), writer: modelInfo(writer) },
    settings: options.settings,
  };
}

/** Adapters are trained with one prefix, whatever prompts the user has; and rows cannot be quoted. */
function asTrained(options: AskOptions): AskOptions {
  if (options.candidates === undefined) return options;
  const prompts = { ...options.prompts, prefix: TRAINED_PREFIX };
  return { ...options, prompts, answerStyle: "write", onEvent: oneStage(options.onEvent) };
}

/** Chunks that are scored; where no window is selected, only as many as the verdict needs. */
function scoredChunks({ condenseChunks, candidates }: AskOptions): number {
  return candidates?.condenser === "candidates" ? Math.min(condenseChunks, VERDICT_CHUNKS) : condenseChunks;
}

/** Tokens that selected chunks may take in the window: none where the answer stands on candidates alone. */
function windowRoom(asked: Asked, options: AskOptions): number {
  return options.candidates?.condenser === "candidates" ? 0 : requireRoom(asked, options);
}
