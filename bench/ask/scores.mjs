// The scores of a question's chunks, by what `focus ask` ranks with and by what it is compared with.
import { order } from "../../dist/engine/ranking/fuse.js";
import { readAndCondense } from "../../dist/engine/ranking/likelihood.js";
import { skim } from "../../dist/engine/ranking/skim.js";
import { Condenser } from "../../dist/index.js";
import { sharesOf } from "./evidence.mjs";

/** { tokens, shares, bm25, margins?, lifts?, cosines? } each (nChunks); null where a chunk was not condensed. */
export async function scoresOf(
  { corpus, question, gold },
  { options, adapter, embedder, most, scores: wanted },
) {
  const { documents } = corpus;
  const chunks = await corpus.chunks(options.reader, options.chunkTokens);
  const { scores: bm25, idf } = skim(corpus.words(chunks), question);
  const indexes = order(bm25).slice(0, most);
  const record = {
    tokens: chunks.map(({ tokens }) => tokens.length),
    shares: sharesOf(chunks, gold),
    bm25: [...bm25],
  };
  const spread = (values) => {
    const all = chunks.map(() => null);
    for (const [at, index] of indexes.entries()) all[index] = values[at];
    return all;
  };
  if (wanted.includes("condenser"))
    record.margins = spread(await marginsOf({ chunks, indexes, question }, { options, adapter }));
  if (wanted.includes("likelihood")) {
    const asked = {
      documents,
      chunks,
      question,
      prompts: options.prompts,
      chat: options.reader.chat,
    };
    const { scores } = await readAndCondense(asked, { indexes, idf }, options);
    record.lifts = spread(indexes.map((index) => scores.get(index) ?? 0));
  }
  if (embedder !== undefined) record.cosines = await embedder.cosines(chunks, documents, question);
  return record;
}

async function marginsOf({ chunks, indexes, question }, { options, adapter }) {
  const wanted = indexes.map((index) => chunks[index]);
  const condenser = await Condenser.open({ question, adapter, totalTokens: 0 }, options);
  try {
    return await condenser.margins(wanted);
  } finally {
    await condenser[Symbol.asyncDispose]();
  }
}
