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
const GERMAN =
  "Die Pakete werden mit einem Befehl entfernt, und der Drucker braucht in jeder Woche neues Papier. ".repeat(
    9,
  );

async function cut(texts: string | readonly string[], chunkTokens = 10) {
  const parsed = [texts].flat().map((text, i) => parseBytes(Buffer.from(text), `${i}.txt`));
  const corpus = new Corpus(await Promise.all(parsed));
  return { corpus, chunks: await corpus.chunks(fakeModel(), chunkTokens) };
}

const NEAR = {
  removed: [1, 0.5],
  discard: [1, 0.375],
  packages: [0, 0, 1],
  printer: [-1],
  addon: [0, 0, 0.875],
};

function vectors(): WordVectors {
  const { embedding, tokenizer } = tinyEmbedding(NEAR);
  return new WordVectors(embedding, tokenizer);
}

describe("retrieval", () => {
  it("finds a chunk that has no word of the question by what its words are near to", async () => {
    const { corpus, chunks } = await cut(MANUAL);
    expect(chunks).toHaveLength(3);
    const asked = { chunks, question: "How do I discard an addon?" };
    expect([...retrieve(corpus, asked, undefined).scores]).toEqual([0, 0, 0]);
    expect(order(retrieve(corpus, asked, vectors()).relevance)[0]).toBe(1);
  });

  it("fuses that with BM25: what is good by both comes before what is best by one", async () => {
    const { corpus, chunks } = await cut(["Removed addon.", "Discard printer quickly.", "Quickly quickly."]);
    const { relevance, scores } = retrieve(
      corpus,
      { chunks, question: "discard packages quickly" },
      vectors(),
    );
    expect(order(scores)).toEqual([1, 2, 0]);
    expect(order(relevance)).toEqual([1, 0, 2]);
  });

  it("tells how near a passage is to the question", async () => {
    const { corpus, chunks } = await cut(MANUAL);
    const [document] = corpus.documents;
    if (document === undefined) throw new Error("no document was cut");
    const { similarity } = retrieve(corpus, { chunks, question: "discard" }, vectors());
    expect(similarity("removed", document)).toBeCloseTo(0.9945, 3);
    expect(similarity("The printer.", document)).toBeCloseTo(-0.936, 3);
    expect(similarity("Backups", document)).toBe(0);
  });

  it("goes by words alone without an embedding, and in a language that it was not trained on", async () => {
    const { corpus, chunks } = await cut(GERMAN);
    for (const known of [undefined, vectors()]) {
      const { relevance, scores } = retrieve(corpus, { chunks, question: "Wer braucht Papier?" }, known);
      expect(relevance).toBe(scores);
    }
  });

  it("compares only the English ones of several documents", async () => {
    const { corpus, chunks } = await cut([GERMAN.replaceAll("entfernt", "removed"), MANUAL]);
    const { relevance, similarity } = retrieve(corpus, { chunks, question: "discard" }, vectors());
    expect(chunks[order(relevance)[0] ?? -1]?.document).toBe(1);
    expect(chunks.filter((_, i) => (relevance[i] ?? 0) > 0)).toHaveLength(1);
    expect(corpus.documents.map((document) => similarity("removed", document) > 0)).toEqual([false, true]);
  });
});

/** How near a question is to a text of one chunk and one unknown word, but for others at these places. */
async function nearestAt(places: Readonly<Record<number, string>>, question: string): Promise<number> {
  const words = Array.from({ length: 75 }, (_, i) => places[i] ?? "filler");
  const { corpus, chunks } = await cut(words.join(" "), 999);
  expect(chunks).toHaveLength(1);
  const known = vectors();
  return corpus.windows(chunks, known).similarities(known.ofText(question, "eng"))[0] ?? -1;
}

describe("windows of words", () => {
  it("are of 30 words and overlap by half: words on any edge are seen together", async () => {
    const question = "removed packages";
    const apart = await nearestAt({ 5: "removed", 70: "packages" }, question);
    for (const at of [14, 29]) {
      expect(await nearestAt({ [at]: "removed", [at + 1]: "packages" }, question)).toBeGreaterThan(
        apart + 0.01,
      );
    }
  });

  it("have no similarity where a chunk has no word that the embedding knows", async () => {
    const { corpus, chunks } = await cut("Nothing here.");
    const known = vectors();
    expect([...corpus.windows(chunks, known).similarities(known.ofText("discard", "eng"))]).toEqual([-1]);
  });
});

describe("vectors of words", () => {
  it("come from one call of the tokenizer for thousands of words, and are what each word has alone", () => {
    const { embedding, tokenizer } = tinyEmbedding(NEAR);
    let calls = 0;
    const tokenize = (text: string): Uint32Array => {
      calls += 1;
      return tokenizer.tokenize(text);
    };
    const known = Object.keys(NEAR);
    const words = Array.from({ length: 5000 }, (_, i) => known[i % 7] ?? `unknown${i}`);
    const found = [...new WordVectors(embedding, { tokenize }).ofWords(words)];
    expect(calls).toBe(3);
    expect(found).toHaveLength(5000);
    for (const [i, vector] of found.entries()) {
      const [row = []] = Object.entries(NEAR).flatMap(([word, values]) =>
        word === words[i] ? [values] : [],
      );
      expect([...vector.slice(0, 3)]).toEqual([0, 1, 2].map((at) => row[at] ?? 0));
    }
  });
});
