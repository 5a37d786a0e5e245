import { cite } from "./attribution/citation.ts";
import type { Source } from "./attribution/match.ts";
import { condenseBy } from "./condense.ts";
import { EVEN_MARGIN } from "./condenser/confidence.ts";
import { type JudgeOptions, openJudge } from "./condenser/judge.ts";
import { type EngineInput, modelInfo } from "./options.ts";
import { placesIn } from "./places/places.ts";
import { order } from "./ranking/fuse.ts";
import { retrieve } from "./ranking/retrieve.ts";
import { coverage, totalTokens } from "./receipt/coverage.ts";
import type { Places } from "./results.ts";

export type FindOptions = JudgeOptions & {
  /** Chunks that are condensed, best of retrieval first; Infinity = all. */
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
  const { relevance, idf, similarity } = retrieve(corpus, { chunks, question }, options.vectors);
  const indexes = order(relevance).slice(0, options.condenseChunks);
  const wanted = indexes.flatMap((index) => chunks[index] ?? []);
  const judging = { question, totalTokens: totalTokens(wanted), command: "focus find" };
  await using judge = await openJudge(judging, options);
  const { scores } = await condenseBy(judge, { documents, chunks, indexes }, options);
  const { sure, uncertain } = await placesIn(scores, {
    documents,
    chunks,
    question,
    idf,
    similarity,
    judge,
    tokenizer: reader,
  });
  const cited = cite([...sure, ...uncertain], { documents, chunks });
  const { counts, tokens } = judge.chunks.counter;
  const findMs = performance.now() - startMs;
  return {
    question,
    places: cited.slice(0, sure.length),
    uncertain: cited.slice(sure.length),
    unsureChunks: unsure(scores, sure),
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

/** Chunks that more likely answer than not, and have no sure place. */
function unsure(scores: ReadonlyMap<number, number>, sure: readonly Source[]): number {
  const told = new Set(sure.map(({ chunk }) => chunk));
  return [...scores].filter(([index, margin]) => margin > EVEN_MARGIN && !told.has(index)).length;
}
