import { cite } from "./attribution/citation.ts";
import type { Source } from "./attribution/match.ts";
import { nearestPassages } from "./attribution/nearest-passages.ts";
import { apart, type Passage } from "./attribution/passage.ts";
import { condenseBy } from "./condense.ts";
import { EVEN_MARGIN, leastPlaceMargin, PART_MARGIN } from "./condenser/confidence.ts";
import { type Judge, type JudgeOptions, openJudge } from "./condenser/judge.ts";
import { type EngineInput, modelInfo } from "./options.ts";
import { order } from "./ranking/fuse.ts";
import { skim } from "./ranking/skim.ts";
import { type PartInput, partsOf } from "./reader/chunk-part.ts";
import { coverage, totalTokens } from "./receipt/coverage.ts";
import type { Places } from "./results.ts";

/** Passages of a chunk that are judged at once, those with most of the question's words first. */
const JUDGED_AT_ONCE = 8;

export type FindOptions = JudgeOptions & {
  /** Chunks that are condensed, best of the skim first; Infinity = all. */
  readonly condenseChunks: number;
};

/** Finds every passage that answers, in document order. Throws UsageError for a reader without a condenser. */
export async function find(
  input: EngineInput & { readonly question: string },
  options: FindOptions,
): Promise<Places> {
  const { corpus, question, loadMs } = input;
  const { reader } = options;
  const startMs = performance.now();
  const { documents, skipped } = corpus;
  const chunks = await corpus.chunks(reader, options.chunkTokens);
  const { scores: bm25, idf } = skim(corpus.words(chunks), question);
  const indexes = order(bm25).slice(0, options.condenseChunks);
  const wanted = indexes.flatMap((index) => chunks[index] ?? []);
  const judging = { question, totalTokens: totalTokens(wanted), command: "focus find" };
  await using judge = await openJudge(judging, options);
  const { scores } = await condenseBy(judge, { documents, chunks, indexes }, options);
  const least = leastPlaceMargin(Math.max(...scores.values()));
  const kept = [...scores].filter(([, margin]) => margin >= least).sort(([a], [b]) => a - b);
  const unsure = [...scores.values()].filter((margin) => margin > EVEN_MARGIN && margin < least);
  const sources: Source[] = [];
  for (const [index, margin] of kept) {
    const passages = nearestPassages(index, { documents, chunks, question, idf });
    sources.push(
      ...(await answering(passages, { ofChunk: margin, documents, chunks, judge, tokenizer: reader })),
    );
  }
  const best = sources.toSorted((a, b) => b.support - a.support);
  const { counts, tokens } = judge.chunks.counter;
  const findMs = performance.now() - startMs;
  return {
    question,
    places: cite(inOrder(apart(best, chunks)), { documents, chunks }),
    unsureChunks: unsure.length,
    coverage: coverage({
      documents,
      skipped,
      chunks,
      searched: chunks.length,
      condensed: scores.size,
      counts,
    }),
    tokens: {
      computed: { read: tokens.read, condense: judge.evaluatedTokens },
      reused: tokens.reused,
    },
    timings: { loadMs, findMs, totalMs: loadMs + findMs },
    models: { reader: modelInfo(reader) },
    settings: options.settings,
  };
}

/** Those that answer by themselves; where none does, the best for the whole chunk. */
async function answering(
  passages: readonly Passage[],
  { ofChunk, judge, ...input }: PartInput & { readonly ofChunk: number; readonly judge: Judge },
): Promise<Source[]> {
  const margins = await marginsOf(passages, input, judge);
  return order(margins).flatMap((i, rank): Source[] => {
    const [passage, margin] = [passages[i], margins[i] ?? EVEN_MARGIN];
    if (passage === undefined || (rank > 0 && margin < PART_MARGIN)) return [];
    const { chunk, quote } = passage;
    return [{ chunk, quote, support: rank === 0 ? Math.max(margin, ofChunk) : margin }];
  });
}

/** (nJudged) margins of the first passages: of further ones as long as any of those before them answers. */
async function marginsOf(passages: readonly Passage[], input: PartInput, judge: Judge): Promise<number[]> {
  const margins: number[] = [];
  while (margins.length < passages.length) {
    const next = passages.slice(margins.length, margins.length + JUDGED_AT_ONCE);
    const ofNext = await judge.marginsOfParts(partsOf(next, input));
    margins.push(...ofNext);
    if (Math.max(...ofNext) < PART_MARGIN) break;
  }
  return margins;
}

/** In the order of the documents. */
function inOrder(sources: readonly Source[]): Source[] {
  return sources.toSorted((a, b) => a.chunk - b.chunk || a.quote.start - b.quote.start);
}
