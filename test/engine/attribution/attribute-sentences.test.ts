import { expect, it } from "vitest";
import { parseBytes } from "../../../src/document/parse.ts";
import { attributeSentences } from "../../../src/engine/attribution/attribute-sentences.ts";
import { Corpus } from "../../../src/engine/corpus.ts";
import { fakeOptions } from "../../helpers/fake-engine.ts";
import { PAPERS } from "../../helpers/papers.ts";

const ANSWER = "The tower of the Sandrevoe light was designed by Isobel Tarrant.";

/** The passages of the answer to a question of so many words. */
async function passages(words: number): Promise<{ readonly quotes: string[]; readonly tokens: number }> {
  const options = await fakeOptions();
  const corpus = new Corpus([await parseBytes(Buffer.from(PAPERS), "papers.md")]);
  const chunks = await corpus.chunks(options.reader, options.chunkTokens);
  const { documents } = corpus;
  const asked = { documents, chunks, question: "who ".repeat(words), chosen: [...chunks.keys()] };
  const answered = { answer: ANSWER, spans: [{ start: 0, end: ANSWER.length }], idf: () => 1 };
  const found = await attributeSentences({ ...asked, ...answered }, options);
  const quotes = found.attributions.map(({ chunk, quote }) =>
    (documents[chunks[chunk]?.document ?? -1]?.text ?? "").slice(quote.start, quote.end),
  );
  return { quotes, tokens: found.tokens };
}

it("weighs a sentence as far as the reader has room behind the question, and then goes by words", async () => {
  const [short, long, full] = [await passages(5), await passages(4025), await passages(4090)];
  for (const { quotes } of [short, long, full]) expect(quotes).toEqual([ANSWER]);
  expect([short.tokens > 0, long.tokens > 0, full.tokens]).toEqual([true, true, 0]);
});
