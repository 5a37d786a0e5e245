import type { Chunk } from "../../document/chunk.ts";
import { type Document, textOf } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import type { SummarizeOptions } from "../options.ts";
import { fuse, order } from "../ranking/fuse.ts";
import { type Condensed, readAndCondense } from "../ranking/likelihood.ts";
import { skim } from "../ranking/skim.ts";
import type { WordIndex } from "../ranking/word-index.ts";
import { chunkSalience, type KeyTerms, keyTerms } from "./salience.ts";

export type WeighInput = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  readonly words: WordIndex;
  /** What to look for; undefined = what matters most. */
  readonly focus: string | undefined;
};

/** How much each chunk of the documents matters, and what it took to know. */
export type Weighed = {
  /** (nChunks) */
  readonly salience: Float64Array;
  readonly terms: KeyTerms;
  readonly idf: (form: string) => number;
  /** Chunks that were looked at under what is looked for. */
  readonly condensed: number;
  readonly condenseMs: number;
  readonly tokens: Condensed["tokens"];
  readonly counts: Condensed["counts"];
};

/** Salience is counted in words: no chunk needs to go through the model for it. */
const NOTHING_READ = {
  condensed: 0,
  condenseMs: 0,
  tokens: { read: 0, condense: 0, reused: 0 },
  counts: { read: 0, stored: 0, tokens: 0 },
};

/** Weighs all chunks: by words, and where there is a focus, by what the reader makes of the best under it. */
export async function weigh(input: WeighInput, options: SummarizeOptions): Promise<Weighed> {
  const { documents, chunks, words, focus } = input;
  const texts = chunks.map((chunk) => textOf(documents, chunk));
  const language = commonLanguage(documents);
  const terms = keyTerms(texts, language);
  const { scores: bm25, idf } = skim(words, focus ?? "");
  if (focus === undefined) {
    const salience = chunkSalience({ chunks, texts, terms, language, fused: undefined });
    return { salience, terms, idf, ...NOTHING_READ };
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
  const { scores, ...spent } = await readAndCondense(asked, { indexes, idf }, options);
  const salience = chunkSalience({ chunks, texts, terms, language, fused: fuse(bm25, scores) });
  const { tokens, counts, condenseMs } = spent;
  return { salience, terms, idf, condensed: scores.size, condenseMs, tokens, counts };
}
