import type { Chunk } from "../../document/chunk.ts";
import type { Corpus } from "../corpus.ts";
import { reciprocalRanks } from "./fuse.ts";
import { type Skim, skim } from "./skim.ts";
import { dot, type WordVectors } from "./word-vectors.ts";

/** ISO 639-3 code of the language that the embeddings which come with focus were trained on. */
const EMBEDDED_LANGUAGE = "eng";

/** How near passages are to a question, by its words and by what they mean. */
export type Nearness = Pick<Skim, "idf"> & {
  /** Cosine (-1 … 1) of a text and the question; 0 where there is no embedding for them. */
  readonly similarity: (text: string) => number;
};

export type Retrieved = Skim &
  Nearness & {
    /** (nChunks) by which the chunks are chosen that are judged; higher is better. */
    readonly ranks: Float64Array;
  };

/**
 * First-stage retrieval, without a forward pass: BM25, and where there is a static embedding for the reader, how near the question
 * is to what chunks say in other words.
 */
export function retrieve(
  corpus: Corpus,
  { chunks, question }: { readonly chunks: readonly Chunk[]; readonly question: string },
  vectors: WordVectors | undefined,
): Retrieved {
  const words = corpus.words(chunks);
  const skimmed = skim(words, question);
  if (vectors === undefined || words.language !== EMBEDDED_LANGUAGE) {
    return { ...skimmed, ranks: skimmed.scores, similarity: () => 0 };
  }
  const asked = vectors.ofQuestion(question, words.language);
  const similarities = corpus.windows(chunks, vectors).similarities(asked);
  return {
    ...skimmed,
    ranks: reciprocalRanks([skimmed.scores, similarities]),
    similarity: (text) => dot(asked, vectors.ofText(text, words.language)),
  };
}
