// A question's chunks as its condenser judges them.
import { order } from "../../dist/engine/ranking/fuse.js";
import { retrieve } from "../../dist/engine/ranking/retrieve.js";
import { Condenser } from "../../dist/index.js";

/**
 * What `use` makes of { chunks, bm25, idf, similarity, indexes, margins, condenser }: the best `most` chunks of the first stage by index, best first, and
 * their margins (nats).
 */
export async function condensed({ corpus, question }, { options, adapter, most }, use) {
  const chunks = await corpus.chunks(options.reader, options.chunkTokens);
  const {
    scores: bm25,
    idf,
    relevance,
    similarity,
  } = retrieve(corpus, { chunks, question }, options.vectors);
  const indexes = order(relevance).slice(0, most);
  const condenser = await Condenser.open({ question, adapter, totalTokens: 0 }, options);
  try {
    const margins = await condenser.margins(indexes.map((index) => chunks[index]));
    return await use({ chunks, bm25, idf, similarity, indexes, margins, condenser });
  } finally {
    await condenser[Symbol.asyncDispose]();
  }
}
