import { expect, it } from "vitest";
import { parseBytes } from "../../../src/document/parse.ts";
import { choose } from "../../../src/engine/answer/choose.ts";
import { Corpus } from "../../../src/engine/corpus.ts";
import { fuse } from "../../../src/engine/ranking/fuse.ts";
import { fakeOptions } from "../../helpers/fake-engine.ts";

it("gives no place to a chunk that nobody judged, before those that were judged and hardly answer", async () => {
  const paragraphs = ["oak", "elm", "yew", "ash"].map((tree) => `The ${tree} stands by the gate. `.repeat(6));
  const options = await fakeOptions();
  const corpus = new Corpus([await parseBytes(Buffer.from(paragraphs.join("\n\n")), "trees.txt")]);
  const chunks = await corpus.chunks(options.reader, options.chunkTokens);
  const bm25 = Float64Array.from(chunks, (_, i) => chunks.length - i);
  const scores = new Map([
    [0, -1],
    [1, -2],
  ]);
  const asked = { documents: corpus.documents, chunks, question: "Which?", prompts: options.prompts };
  const window = { ...asked, chat: options.writer.chat, hints: "" };
  const roomTokens = 2 * options.chunkTokens;
  expect(chunks.length).toBeGreaterThan(3);
  expect(choose(window, { fused: fuse(bm25, scores), relevance: bm25, scores, roomTokens }, options)).toEqual(
    [0, 1],
  );
});
