import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import type { Corpus } from "../corpus.ts";
import { reciprocalRankFusion } from "./fuse.ts";
import { type Skim, skim } from "./skim.ts";
import { dot, type WordVectors } from "./word-vectors.ts";

/** ISO 639-3 code of the language that the embeddings which come with focus were trained on. */
const EMBEDDED_LANGUAGE = "eng";

/** How near passages are to a question, by its words and by what they mean. */
export type Nearness = Pick<Skim, "idf"> & {
  /** Cosine (-1 … 1) of a passage and the question; 0 where there is no embedding for the document that it is of. */
  readonly similarity: (passage: string, document: Document) => number;
};

export type Retrieved = Skim &
  Nearness & {
    /** (nChunks) in whose order chunks are judged, the highest first. */
    readonly relevance: Float64Array;
  };

/**
 * First-stage retrieval, without a forward pass: BM25, and where there is a static embedding for the reader, how near the question
 * is to what English documents say in other words.
 */
export function retrieve(
  corpus: Corpus,
  { chunks, question }: { readonly chunks: readonly Chunk[]; readonly question: string },
  vectors: WordVectors | undefined,
): Retrieved {
  const { documents } = corpus;
  const words = corpus.words(chunks);
  const skimmed = skim(words, question);
  if (vectors === undefined || !documents.some(isEmbedded)) {
    return { ...skimmed, relevance: skimmed.scores, similarity: () => 0 };
  }
  const questionVector = vectors.ofText(question, EMBEDDED_LANGUAGE);
  const similarities = corpus.windows(chunks, vectors).similarities(questionVector);
  const isWithout = new Set(documents.flatMap((document, i) => (isEmbedded(document) ? [] : [i])));
  for (const [i, { document }] of chunks.entries()) if (isWithout.has(document)) similarities[i] = 0;
  return {
    ...skimmed,
    relevance: reciprocalRankFusion([skimmed.scores, similarities]),
    similarity: similarityTo(questionVector, vectors),
  };
}

/** How near passages are to what a vector stands for. */
export function similarityTo(questionVector: Float32Array, vectors: WordVectors): Nearness["similarity"] {
  return (passage, document) =>
    isEmbedded(document) ? dot(questionVector, vectors.ofText(passage, EMBEDDED_LANGUAGE)) : 0;
}

function isEmbedded(document: Document): boolean {
  return commonLanguage([document]) === EMBEDDED_LANGUAGE;
}
