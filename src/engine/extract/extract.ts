import { condenseBy } from "../condense.ts";
import { EVEN_MARGIN, leastPlaceMargin } from "../condenser/confidence.ts";
import { openJudge } from "../condenser/judge.ts";
import { type EngineInput, modelInfo } from "../options.ts";
import { order } from "../ranking/fuse.ts";
import { retrieve } from "../ranking/retrieve.ts";
import { coverage, totalTokens } from "../receipt/coverage.ts";
import { questionOf } from "./ask-for.ts";
import type { Extraction, ItemSchema } from "./extraction.ts";
import { mergeItems } from "./merge-items.ts";
import type { ExtractOptions } from "./options.ts";
import { writeItems } from "./write-items.ts";

/**
 * Extracts items by a schema: the condenser tells which chunks have any, the writer writes those of each, and what the
 * chunk does not say is marked. Throws UsageError for a reader without a condenser or a schema that is too long.
 */
export async function extract(
  input: EngineInput & { readonly schema: ItemSchema },
  options: ExtractOptions,
): Promise<Extraction> {
  const { corpus, schema, loadMs } = input;
  const { reader, writer } = options;
  const { documents, skipped } = corpus;
  const startMs = performance.now();
  const all = await corpus.chunks(reader, options.chunkTokens);
  const question = questionOf(schema);
  const chosen = await chooseChunks(input, question, options);
  const condenseMs = performance.now() - startMs;
  const chunks = chosen.indexes.flatMap((index) => all[index] ?? []);
  const written = await writeItems({ documents, chunks, all, schema }, options);
  const writeMs = performance.now() - startMs - condenseMs;
  return {
    schema,
    question,
    ...mergeItems({ documents, chunks, written: written.items, schema }),
    chunks: { written: chunks.length, cutOff: written.items.filter(({ isCutOff }) => isCutOff).length },
    coverage: coverage({
      documents,
      skipped,
      chunks: all,
      searched: all.length,
      condensed: chosen.condensed,
      counts: chosen.counts,
    }),
    tokens: {
      computed: { read: chosen.tokens.read, condense: chosen.tokens.condense, write: written.tokens },
      reused: chosen.tokens.reused + written.reused,
    },
    timings: { loadMs, condenseMs, writeMs, totalMs: loadMs + condenseMs + writeMs },
    models: { reader: modelInfo(reader), writer: modelInfo(writer) },
    settings: options.settings,
  };
}

/** Chunks that have an item, by their own margin or beside one that surely has: in document order. */
async function chooseChunks({ corpus }: EngineInput, question: string, options: ExtractOptions) {
  const chunks = await corpus.chunks(options.reader, options.chunkTokens);
  const { relevance } = retrieve(corpus, { chunks, question }, options.vectors);
  const indexes = order(relevance).slice(0, options.condenseChunks);
  const wanted = indexes.flatMap((index) => chunks[index] ?? []);
  const judging = { question, totalTokens: totalTokens(wanted), command: "focus extract" };
  await using judge = await openJudge(judging, options);
  const judged = await condenseBy(judge, { documents: corpus.documents, chunks, indexes }, options);
  const least = Math.min(EVEN_MARGIN, leastPlaceMargin(Math.max(...judged.scores.values())));
  const kept = [...judged.scores].filter(([, margin]) => margin > least).map(([index]) => index);
  return {
    indexes: kept.sort((a, b) => a - b),
    condensed: judged.scores.size,
    counts: judged.counts,
    tokens: { ...judged.tokens, condense: judge.evaluatedTokens },
  };
}
