// The scores of a question's chunks, by what `focus ask` ranks with and by what it is compared with.
import { order } from "../../dist/engine/ranking/fuse.js";
import { readAndCondense } from "../../dist/engine/ranking/likelihood.js";
import { retrieve } from "../../dist/engine/ranking/retrieve.js";
import { Condenser } from "../../dist/index.js";
import { sharesOf } from "./evidence.mjs";

/**
 * { tokens, shares, bm25, relevance, margins?, lifts?, cosines? } each (nChunks); null where a chunk was not condensed. `best` has the highest
 * margin among so many equal parts of each chunk.
 */
export async function scoresOf(
  { corpus, question, gold },
  { options, adapter, embedder, most, scores: wanted, parts = [] },
) {
  const { documents } = corpus;
  const chunks = await corpus.chunks(options.reader, options.chunkTokens);
  const { scores: bm25, idf, relevance } = retrieve(corpus, { chunks, question }, options.vectors);
  const indexes = order(relevance).slice(0, most);
  const record = {
    tokens: chunks.map(({ tokens }) => tokens.length),
    shares: sharesOf(chunks, gold),
    bm25: [...bm25],
    relevance: [...relevance],
  };
  const spread = (values) => {
    const all = chunks.map(() => null);
    for (const [at, index] of indexes.entries()) all[index] = values[at];
    return all;
  };
  if (wanted.includes("condenser")) {
    const all = await marginsOf({ chunks, indexes, question }, { options, adapter, parts: [1, ...parts] });
    record.margins = spread(all[0]);
    record.best = Object.fromEntries(parts.map((count, i) => [count, spread(all[i + 1])]));
  }
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

/** (nCounts, nIndexes) */
async function marginsOf({ chunks, indexes, question }, { options, adapter, parts: counts }) {
  const condenser = await Condenser.open({ question, adapter, totalTokens: 0 }, options);
  try {
    const chunkParts = indexes.flatMap((index) => counts.map((count) => equalParts(chunks[index], count)));
    const margins = await condenser.marginsOfParts(chunkParts.flat());
    const best = chunkParts.map((parts) => Math.max(...margins.splice(0, parts.length)));
    return counts.map((_, i) => best.filter((_, at) => at % counts.length === i));
  } finally {
    await condenser[Symbol.asyncDispose]();
  }
}

function equalParts(chunk, count) {
  const { length } = chunk.tokens;
  const size = Math.ceil(length / count);
  const starts = Array.from({ length: Math.ceil(length / size) }, (_, i) => i * size);
  return starts.map((from) => ({ chunk, from, end: Math.min(length, from + size) }));
}
