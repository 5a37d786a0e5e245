import { cite } from "./attribution/citation.ts";
import type { Source } from "./attribution/match.ts";
import { apart } from "./attribution/passage.ts";
import { condenseBy } from "./condense.ts";
import { EVEN_MARGIN, leastPlaceMargin } from "./condenser/confidence.ts";
import { type JudgeOptions, openJudge } from "./condenser/judge.ts";
import { type EngineInput, modelInfo } from "./options.ts";
import { surePlaces } from "./places/sure.ts";
import { uncertainPlaces } from "./places/uncertain.ts";
import { order } from "./ranking/fuse.ts";
import { skim } from "./ranking/skim.ts";
import { coverage, totalTokens } from "./receipt/coverage.ts";
import type { Places } from "./results.ts";

export type FindOptions = JudgeOptions & {
  /** Chunks that are condensed, best of the skim first; Infinity = all. */
  readonly condenseChunks: number;
};

/** Finds every passage that answers, in document order, and a few that may. Throws UsageError for a reader without a condenser. */
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
  const kept = new Map([...scores].filter(([, margin]) => margin >= least).sort(([a], [b]) => a - b));
  const below = new Map([...scores].filter(([, margin]) => margin < least));
  const judged = { documents, chunks, question, idf, judge, tokenizer: reader };
  const best = (await surePlaces({ ...judged, kept })).toSorted((a, b) => b.support - a.support);
  const sure = inOrder(apart(best, chunks));
  const uncertain = apart([...sure, ...(await uncertainPlaces({ ...judged, below }))], chunks).slice(
    sure.length,
  );
  const cited = cite([...sure, ...uncertain], { documents, chunks });
  const { counts, tokens } = judge.chunks.counter;
  const findMs = performance.now() - startMs;
  return {
    question,
    places: cited.slice(0, sure.length),
    uncertain: cited.slice(sure.length),
    unsureChunks: [...below.values()].filter((margin) => margin > EVEN_MARGIN).length,
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

/** In the order of the documents. */
function inOrder(sources: readonly Source[]): Source[] {
  return sources.toSorted((a, b) => a.chunk - b.chunk || a.quote.start - b.quote.start);
}
