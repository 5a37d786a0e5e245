import { describe, expect, it } from "vitest";
import { parseBytes } from "../../../src/document/parse.ts";
import { Corpus } from "../../../src/engine/corpus.ts";
import { order } from "../../../src/engine/ranking/fuse.ts";
import { retrieve } from "../../../src/engine/ranking/retrieve.ts";
import { WordVectors } from "../../../src/engine/ranking/word-vectors.ts";
import { fakeModel } from "../../helpers/fake-model.ts";
import { tinyEmbedding } from "../../helpers/tiny-embedding.ts";

const MANUAL = [
  "Backups are written every night at two.",
  "Packages are removed with one command.",
  "The printer wants paper.",
].join("\n\n");

/** (nChunks) how near the chunks are to a question. */
async function similarities(text: string, question: string, known: WordVectors) {
  const { corpus, chunks } = await cut(text);
  return corpus.windows(chunks, known).similarities(known.ofQuestion(question, "eng"));
}

async function cut(text: string, chunkTokens = 10) {
  const corpus = new Corpus([await parseBytes(Buffer.from(text), "manual.txt")]);
  return { corpus, chunks: await corpus.chunks(fakeModel(), chunkTokens) };
}

function vectors(weights?: Readonly<Record<string, number>>): WordVectors {
  const near = {
    removed: [1, 0.5],
    discard: [1, 0.4],
    packages: [0, 0, 1],
    printer: [-1],
    addon: [0, 0, 0.9],
  };
  const { embedding, tokenizer } = tinyEmbedding(near, weights);
  return new WordVectors(embedding, tokenizer);
}

describe("retrieval", () => {
  it("finds a chunk that has no word of the question by what its words are near to", async () => {
    const { corpus, chunks } = await cut(MANUAL);
    expect(chunks).toHaveLength(3);
    const asked = { chunks, question: "How do I discard an addon?" };
    expect([...retrieve(corpus, asked, undefined).scores]).toEqual([0, 0, 0]);
    expect(order(retrieve(corpus, asked, vectors()).ranks)[0]).toBe(1);
  });

  it("fuses that with BM25: a chunk that is best by both is the best", async () => {
    const { corpus, chunks } = await cut(MANUAL);
    const { ranks, scores } = retrieve(corpus, { chunks, question: "Are packages discarded?" }, vectors());
    expect(order(scores)[0]).toBe(1);
    expect(order(ranks)[0]).toBe(1);
  });

  it("weighs a question's words by weights of their own", async () => {
    const question = "discard printer";
    expect(order(await similarities(MANUAL, question, vectors({ printer: 0.1 })))[0]).toBe(1);
    expect(order(await similarities(MANUAL, question, vectors({ printer: 9 })))[0]).toBe(2);
  });

  it("goes by words alone without an embedding, and in a language that it was not trained on", async () => {
    const german =
      "Die Pakete werden mit einem Befehl entfernt, und der Drucker braucht in jeder Woche neues Papier. ".repeat(
        9,
      );
    const { corpus, chunks } = await cut(german);
    for (const known of [undefined, vectors()]) {
      const { ranks, scores } = retrieve(corpus, { chunks, question: "Wer braucht Papier?" }, known);
      expect(ranks).toBe(scores);
    }
  });
});

describe("windows of words", () => {
  it("overlap by half, so that what stands on the edge of two halves is seen together", async () => {
    const filler = Array.from({ length: 14 }, (_, i) => `printer filler${i}`).join(" ");
    const nearest = async (text: string): Promise<number> => {
      const { corpus, chunks } = await cut(text, 999);
      expect(chunks).toHaveLength(1);
      const known = vectors();
      return corpus.windows(chunks, known).similarities(known.ofQuestion("discard removed", "eng"))[0] ?? -1;
    };
    const together = await nearest(`${filler} discard removed ${filler}`);
    const apart = await nearest(`${filler} discard ${filler} removed`);
    expect(together).toBeGreaterThan(apart);
  });

  it("have no similarity where a chunk has no word that the embedding knows", async () => {
    expect([...(await similarities("Nothing here.", "discard", vectors()))]).toEqual([-1]);
  });
});

describe("vectors of words", () => {
  it("are the same whether words are cut into tokens together or each alone", () => {
    const [together, alone] = [vectors(), vectors()];
    const words = ["removed", "unknown", "discard", "packages"];
    together.learn(words);
    for (const word of words) expect([...together.ofWord(word)]).toEqual([...alone.ofWord(word)]);
    expect(together.ofWord("discard").slice(0, 2)).toEqual(Float32Array.of(1, 0.375));
  });
});
