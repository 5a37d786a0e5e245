import type { Chunk } from "../../document/chunk.ts";
import { textOf } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import { EVEN_MARGIN } from "../condenser/confidence.ts";
import type { Corpus } from "../corpus.ts";
import type { SummarizeOptions } from "../options.ts";
import { zScores } from "../ranking/fuse.ts";
import { skim } from "../ranking/skim.ts";
import { type Focused, lookFor } from "./focus.ts";
import { chunkSalience, type KeyTerms, keyTerms } from "./salience.ts";

export type WeighInput = {
  readonly corpus: Corpus;
  readonly chunks: readonly Chunk[];
  /** What to look for; undefined = what matters most. */
  readonly focus: string | undefined;
};

/** How much each chunk of the documents matters, and what it took to know. */
export type Weighed = Omit<Focused, "fused" | "bm25"> & {
  /** (nChunks) */
  readonly salience: Float64Array;
  readonly terms: KeyTerms;
};

/** Salience is counted in words: no chunk needs to go through the model for it. */
const NOTHING_READ = {
  condensed: 0,
  condenseMs: 0,
  tokens: { read: 0, condense: 0, reused: 0 },
  counts: { read: 0, stored: 0, tokens: 0 },
  judged: undefined,
};

/** Weighs all chunks: by words, and where there is a focus, by what the reader makes of the best under it. */
export async function weigh(input: WeighInput, options: SummarizeOptions): Promise<Weighed> {
  const { corpus, chunks, focus } = input;
  const { documents } = corpus;
  const texts = chunks.map((chunk) => textOf(documents, chunk));
  const language = commonLanguage(documents);
  const terms = keyTerms(texts, language);
  const counted = { chunks, texts, terms, language };
  if (focus === undefined) {
    const { idf } = skim(corpus.words(chunks), "");
    return { salience: chunkSalience({ ...counted, fused: undefined }), terms, idf, ...NOTHING_READ };
  }
  const { fused, bm25, ...found } = await lookFor({ corpus, chunks, focus }, options);
  const { judged } = found;
  if (bm25.every((score) => score === 0) && (judged?.best ?? -Infinity) < EVEN_MARGIN) {
    const where = documents.map(({ path }) => path).join(", ");
    const message = `${where}: no word of what to look for (${focus}) stands there`;
    options.onEvent({ kind: "warning", message });
  }
  const salience = judged === undefined ? chunkSalience({ ...counted, fused }) : zScores([...fused]);
  return { ...found, salience, terms };
}
