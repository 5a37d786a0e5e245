import { afterAll, beforeAll, expect, it } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { Corpus } from "../../src/engine/corpus.ts";
import { order } from "../../src/engine/ranking/fuse.ts";
import { retrieve } from "../../src/engine/ranking/retrieve.ts";
import { WordVectors } from "../../src/engine/ranking/word-vectors.ts";
import { readerWeights } from "../../src/model/adapters/reader-weights.ts";
import { openTestEngine, type TestEngine } from "./test-engine.ts";

let engine: TestEngine;

beforeAll(async () => {
  engine = await openTestEngine();
});

afterAll(() => engine.backend[Symbol.asyncDispose]());

async function openVectors(): Promise<WordVectors> {
  const { embedding } = await readerWeights(engine.model);
  if (embedding === undefined) throw new Error("no embedding comes with focus for the embedded model");
  return new WordVectors(embedding, engine.model);
}

it("cuts many words into the tokens that each has alone", async () => {
  const vectors = await openVectors();
  const words = ["packages", "1450", "naïve", "x86", "ß", "日本", "3.14", "o'clock"];
  const together = [...vectors.ofWords(words)];
  for (const [i, word] of words.entries()) {
    expect([...(together[i] ?? [])], word).toEqual(
      [...vectors.ofWords([word])].flatMap((alone) => [...alone]),
    );
  }
});

it("finds what a question asks for where it has none of the section's words", async () => {
  const sections = [
    "Installing packages. Download the archive and unpack it in the library folder.",
    "Removing packages. They are deleted from the library with a single command.",
    "Printing. The printer wants paper of the right size, and ink in every colour.",
    "Backups. Every night at two the files are copied to the other building.",
  ];
  const corpus = new Corpus([await parseBytes(Buffer.from(sections.join("\n\n")), "manual.txt")]);
  const chunks = await corpus.chunks(engine.model, 20);
  const asked = { chunks, question: "How can I get rid of an add-on?" };
  const { scores, relevance } = retrieve(corpus, asked, await openVectors());
  expect([...scores]).toEqual([0, 0, 0, 0]);
  expect(chunks[order(relevance)[0] ?? -1]?.start).toBe(sections.join("\n\n").indexOf("Removing"));
});
