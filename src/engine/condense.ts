import type { Chunk } from "../document/chunk.ts";
import type { Document } from "../document/document.ts";
import { pageAt } from "../document/locate.ts";
import type { Asked } from "./asked.ts";
import { Condenser } from "./condenser/condenser.ts";
import { EVEN_MARGIN, JUDGED_AT_ONCE, sureMargin } from "./condenser/confidence.ts";
import type { Judge } from "./condenser/judge.ts";
import type { EngineListener } from "./events.ts";
import type { AskOptions, ReadOptions } from "./options.ts";
import { CONDENSER_WEIGHTS, type FuseWeights, LIKELIHOOD_WEIGHTS } from "./ranking/fuse.ts";
import { type Condensed, type DynamicPrompt, readAndCondense } from "./ranking/likelihood.ts";
import type { ChunkVisits } from "./reader/chunk-reader.ts";
import { totalTokens } from "./receipt/coverage.ts";

export type CondenseInput = Asked & {
  /** Indexes of the chunks that are looked at under the question, best of retrieval first. */
  readonly indexes: readonly number[];
  readonly idf: (form: string) => number;
  readonly candidates: ChunkVisits | undefined;
};

/** How chunks are judged under the question: by answering from them, or by how likely they make the question. */
export type Condensing = Omit<Condensed, "explained" | "prompt"> & {
  readonly weights: FuseWeights;
  /** What quotes are judged with; one of the two. */
  readonly condenser: Condenser | undefined;
  readonly prompt: DynamicPrompt | undefined;
  /** Share (0 … 1) of the question's surprise that the best chunk explains; undefined with a condenser. */
  readonly explained: number | undefined;
};

/** Opens the condenser, where the reader has one. Candidate tokens have a dynamic prompt of their own. */
export async function openCondenser(
  { question, chunks, indexes }: Pick<CondenseInput, "question" | "chunks" | "indexes">,
  options: AskOptions,
): Promise<Condenser | undefined> {
  const { condenserAdapter: adapter, candidates } = options;
  if (adapter === undefined || candidates !== undefined) return undefined;
  const wanted = indexes.flatMap((index) => chunks[index] ?? []);
  const mayEndEarly = stopsEarly(options) && wanted.length > JUDGED_AT_ONCE;
  return Condenser.open({ question, adapter, totalTokens: totalTokens(wanted), mayEndEarly }, options);
}

/** Whoever wants all has all judged. */
function stopsEarly({ condenseChunks }: AskOptions): boolean {
  return condenseChunks !== Number.POSITIVE_INFINITY;
}

/** Tells each chunk whose margin is above all before it, as long as an answer from it is likelier than none. */
function bestSoFar(documents: readonly Document[], onEvent: EngineListener) {
  let best = EVEN_MARGIN;
  return ({ document, start, end }: Chunk, score: number): void => {
    const source = documents[document];
    if (score <= best || source === undefined) return;
    best = score;
    const page = pageAt(source, start)?.number ?? null;
    onEvent({ kind: "passage", path: source.path, page, start, end, score });
  };
}

/** Judges the chunks of `indexes` under the question, best first; reads those whose rows the store does not have. */
export async function condense(
  input: CondenseInput,
  condenser: Condenser | undefined,
  options: AskOptions,
): Promise<Condensing> {
  if (condenser === undefined) {
    const condensed = await readAndCondense(input, input, options);
    return { ...condensed, weights: LIKELIHOOD_WEIGHTS, condenser };
  }
  const judged = await condenseBy(condenser, { ...input, stopsEarly: stopsEarly(options) }, options);
  return { ...judged, weights: CONDENSER_WEIGHTS, condenser, prompt: undefined, explained: undefined };
}

export type JudgeChunksInput = Pick<CondenseInput, "documents" | "chunks" | "indexes"> & {
  /** Whether no further chunks are judged when one answers surely; absent: all are. */
  readonly stopsEarly?: boolean;
};

/** The same by a condenser, or what stands in its place: index of a chunk → its margin. */
export async function condenseBy(
  condenser: Judge,
  { documents, chunks, indexes, stopsEarly: mayStop = false }: JudgeChunksInput,
  { reader, onEvent }: ReadOptions,
): Promise<Pick<Condensing, "scores" | "tokens" | "counts" | "condenseMs">> {
  const wanted = indexes.flatMap((index): Chunk[] => chunks.slice(index, index + 1));
  await condenser.chunks.announce(wanted, onEvent);
  const onMargin = bestSoFar(documents, onEvent);
  // A server is asked for as many at once as it takes, where all are wanted.
  const atOnce = mayStop ? JUDGED_AT_ONCE : wanted.length;
  const margins: number[] = [];
  while (margins.length < wanted.length && Math.max(...margins) < sureMargin(margins.length)) {
    const end = margins.length + atOnce;
    const next = wanted.slice(margins.length, end);
    for (const margin of await condenser.margins(next, onMargin, wanted.slice(end))) margins.push(margin);
  }
  const judged = wanted.slice(0, margins.length);
  await condenser.chunks.record({ documents, chunks: judged, model: reader.name, all: chunks });
  const { read, reused } = condenser.chunks.counter.tokens;
  return {
    scores: new Map(margins.map((margin, i) => [indexes[i] ?? -1, margin])),
    tokens: { read, condense: condenser.evaluatedTokens, reused },
    counts: condenser.chunks.counter.counts,
    condenseMs: condenser.busyMs,
  };
}
