import type { Chunk } from "../../document/chunk.ts";
import type { Span } from "../../document/sentences.ts";
import type { LocalAdapter } from "../../model/adapters/adapter.ts";
import { telling } from "../answer/telling.ts";
import { type NearestInput, type NearPassage, nearestPassages } from "../attribution/nearest-passages.ts";
import { condenseBy } from "../condense.ts";
import { Condenser } from "../condenser/condenser.ts";
import { type PassageMargin, passageMargins } from "../condenser/passage-margins.ts";
import type { Corpus } from "../corpus.ts";
import type { SummarizeOptions } from "../options.ts";
import { CONDENSER_WEIGHTS, fuse, order } from "../ranking/fuse.ts";
import { type Condensed, readAndCondense } from "../ranking/likelihood.ts";
import { type Retrieved, retrieve } from "../ranking/retrieve.ts";
import { totalTokens } from "../receipt/coverage.ts";

/** Chunks whose passages are judged by themselves, the best ones: as many as fill the summary, and so many at least. */
const LEAST_JUDGED = 6;
const WORDS_OF_CHUNK = 30;
/** Passages of each that are judged, those nearest to the focus. */
const MOST_PASSAGES = 12;
/** What counts that was not judged, a passage or a chunk, in nats: with leg 5 hardly any that was had less. */
const UNJUDGED_MARGIN = -4;

export type FocusInput = {
  readonly corpus: Corpus;
  readonly chunks: readonly Chunk[];
  /** What is looked for. */
  readonly focus: string;
};

/** What a condenser makes of passages under a focus. */
export type FocusMargins = Pick<Retrieved, "similarity"> & {
  /** The highest margin of a passage that is mostly this sentence of a chunk, by its index, in nats. */
  readonly marginOf: (chunk: number, sentence: Span) => number;
  /** Of the whole chunk; of one that was not looked at, no more than any that was. */
  readonly marginOfChunk: (chunk: number) => number;
  /** The highest margin of a chunk, in nats. */
  readonly best: number;
  /** Whether a chunk was looked at. */
  readonly isCondensed: (chunk: number) => boolean;
};

export type Focused = Pick<Condensed, "tokens" | "counts" | "condenseMs"> & {
  /** (nChunks) */
  readonly bm25: Float64Array;
  /** (nChunks) how well each bears on the focus. */
  readonly fused: Float64Array;
  readonly idf: (form: string) => number;
  /** Chunks that were looked at. */
  readonly condensed: number;
  /** Undefined for a reader without a condenser: the likelihood tells of whole chunks alone. */
  readonly judged: FocusMargins | undefined;
};

/** What the reader finds in the best chunks of retrieval under a focus: answers to it, or how likely they make it. */
export async function lookFor(input: FocusInput, options: SummarizeOptions): Promise<Focused> {
  const { corpus, chunks, focus } = input;
  const { documents } = corpus;
  const retrieved = retrieve(corpus, { chunks, question: focus }, options.vectors);
  const { scores: bm25, relevance, idf } = retrieved;
  const indexes = order(relevance).slice(0, options.condenseChunks);
  const { condenserAdapter } = options;
  if (condenserAdapter !== undefined)
    return judgeFocus({ ...input, ...retrieved, indexes }, condenserAdapter, options);
  const asked = { documents, chunks, question: focus, prompts: options.prompts, chat: options.writer.chat };
  const { scores, ...spent } = await readAndCondense(asked, { indexes, idf }, options);
  return { ...spent, bm25, fused: fuse(relevance, scores), idf, condensed: scores.size, judged: undefined };
}

type FocusedInput = FocusInput & Retrieved & { readonly indexes: readonly number[] };

async function judgeFocus(
  input: FocusedInput,
  adapter: LocalAdapter,
  options: SummarizeOptions,
): Promise<Focused> {
  const { corpus, chunks, focus: question, scores: bm25, relevance, indexes, idf, similarity } = input;
  const { documents } = corpus;
  const wanted = indexes.flatMap((index) => chunks[index] ?? []);
  await using condenser = await Condenser.open(
    { question, adapter, totalTokens: totalTokens(wanted) },
    options,
  );
  const { scores } = await condenseBy(condenser, { documents, chunks, indexes }, options);
  const asked = { documents, chunks, question, idf, similarity, tokenizer: options.reader };
  const passages = nearPassages(best(scores), asked, options);
  const margins = await passageMargins(passages, condenser, asked);
  const least = Math.min(UNJUDGED_MARGIN, ...scores.values());
  // Passages may be of chunks whose rows had to give way meanwhile.
  const { counts, tokens } = condenser.chunks.counter;
  return {
    tokens: { ...tokens, condense: condenser.evaluatedTokens },
    counts,
    condenseMs: condenser.busyMs,
    bm25,
    fused: fuse(relevance, scores, CONDENSER_WEIGHTS),
    idf,
    condensed: scores.size,
    judged: {
      similarity,
      marginOf: (chunk, sentence) => highest(margins, chunk, sentence),
      marginOfChunk: (chunk) => scores.get(chunk) ?? least,
      best: Math.max(...scores.values()),
      isCondensed: (chunk) => scores.has(chunk),
    },
  };
}

/** Indexes of chunks, best first. */
function best(scores: ReadonlyMap<number, number>): number[] {
  return [...scores].sort(([, a], [, b]) => b - a).map(([index]) => index);
}

/** The passages that are judged by themselves, of the best chunks that tell something. */
function nearPassages(
  indexes: readonly number[],
  input: NearestInput,
  { mostWords }: SummarizeOptions,
): NearPassage[] {
  const most = Math.max(LEAST_JUDGED, Math.ceil(mostWords / WORDS_OF_CHUNK));
  const ofChunks = indexes.map((index) => nearestPassages(index, input));
  const told = telling(ofChunks, input).filter((passages) => passages.length > 0);
  return told.slice(0, most).flatMap((passages) => passages.slice(0, MOST_PASSAGES));
}

function highest(passages: readonly PassageMargin[], of: number, sentence: Span): number {
  const own = passages.filter((passage) => passage.chunk === of && isAbout(sentence, passage));
  return own.reduce((most, { margin }) => Math.max(most, margin), UNJUDGED_MARGIN);
}

/**
 * Whether a passage speaks of a sentence, and not of one that it leads into or that leads into it: it stands around it, or, where a label
 * is what it stands around, is half of it or more.
 */
function isAbout(sentence: Span, { sentence: own, quote }: PassageMargin): boolean {
  const said = quote.end > own.end ? quote : own;
  const shared = Math.min(sentence.end, said.end) - Math.max(sentence.start, said.start);
  return shared >= (said.end - said.start) / 2;
}
