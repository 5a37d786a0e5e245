import type { Chunk } from "../../document/chunk.ts";
import { type Document, textOf } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import type { SummarizeOptions } from "../options.ts";
import { fuse, order } from "../ranking/fuse.ts";
import { type Condensed, readAndCondense } from "../ranking/likelihood.ts";
import { skim } from "../ranking/skim.ts";
import { readAll } from "../read.ts";
import { openReading } from "../reader/reading.ts";
import { chunkSalience, type KeyTerms, keyTerms } from "./salience.ts";

export type WeighInput = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  /** What to look for; undefined = what matters most. */
  readonly focus: string | undefined;
};

/** Documents that were read, and how much each of their chunks matters. */
export type ReadAndWeighed = {
  /** (nChunks) */
  readonly salience: Float64Array;
  readonly terms: KeyTerms;
  readonly idf: (form: string) => number;
  /** Chunks that were looked at under what is looked for. */
  readonly condensed: number;
  readonly condenseMs: number;
  readonly tokens: Condensed["tokens"];
};

/** Reads every chunk, under the focus if there is one, and weighs them all. */
export async function readAndWeigh(input: WeighInput, options: SummarizeOptions): Promise<ReadAndWeighed> {
  const { documents, chunks, focus } = input;
  const texts = chunks.map((chunk) => textOf(documents, chunk));
  const language = commonLanguage(documents);
  const terms = keyTerms(texts, language);
  const { scores: bm25, idf } = skim(documents, chunks, focus ?? "");
  if (focus === undefined) {
    const tokens = await readOnly(input, options);
    const salience = chunkSalience({ chunks, texts, terms, language, fused: undefined });
    return { salience, terms, idf, condensed: 0, condenseMs: 0, tokens };
  }
  if (bm25.every((score) => score === 0)) {
    const where = documents.map(({ path }) => path).join(", ");
    const message = `${where}: no word of what to look for (${focus}) stands there`;
    options.onEvent({ kind: "warning", message });
  }
  const asked = {
    documents,
    chunks,
    question: focus,
    prompts: options.prompts,
    chat: options.writer.chat,
  };
  const indexes = order(bm25).slice(0, options.condenseChunks);
  const { scores, condenseMs, tokens } = await readAndCondense(asked, { indexes, idf }, options);
  const salience = chunkSalience({ chunks, texts, terms, language, fused: fuse(bm25, scores) });
  return { salience, terms, idf, condensed: scores.size, condenseMs, tokens };
}

async function readOnly(
  { documents, chunks }: WeighInput,
  options: SummarizeOptions,
): Promise<Condensed["tokens"]> {
  const reading = await openReading(options.reader, {
    ...options,
    prefix: options.prompts.prefix,
    localTokens: 0,
  });
  await using _pool = reading.pool;
  const visits = new Map();
  const { progress } = await readAll(chunks, reading, {
    ...options,
    documents,
    visits,
    again: false,
  });
  return { read: progress.evaluatedTokens, condense: 0, reused: progress.reusedTokens };
}
