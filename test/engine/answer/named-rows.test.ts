import { describe, expect, it } from "vitest";
import { parseBytes } from "../../../src/document/parse.ts";
import { withoutOtherRows } from "../../../src/engine/answer/named-rows.ts";
import { nearestPassages } from "../../../src/engine/attribution/nearest-passages.ts";
import { Corpus } from "../../../src/engine/corpus.ts";
import { fakeModel } from "../../helpers/fake-model.ts";

const TABLE = "Country | Signed sums\nAlgeria | 6.19\nLebanon | 2.57\nMorocco | 21.09\nSyria | 33.42";
const TEXT = `The sums were signed in Luxembourg.\n\n${TABLE}\n\nAll sums are in millions.`;

/** Passages of the only chunk that are left for a question. */
async function left(question: string, text = TEXT): Promise<string[]> {
  const corpus = new Corpus([await parseBytes(Buffer.from(text), "sums.txt")]);
  const chunks = await corpus.chunks(fakeModel(), 2000);
  const input = { documents: corpus.documents, chunks, question, idf: () => 1, similarity: () => 0 };
  const passages = withoutOtherRows(nearestPassages(0, input), input);
  return passages.toSorted((a, b) => a.quote.start - b.quote.start).map((passage) => passage.text);
}

describe("rows of a table", () => {
  it("are left out where the question names another one; prose is not", async () => {
    expect(await left("What did Lebanon get?")).toEqual([
      "The sums were signed in Luxembourg.",
      "Lebanon | 2.57",
      "All sums are in millions.",
    ]);
  });

  it("are all asked where it names none, or what most of them have", async () => {
    expect(await left("Who got the most?")).toHaveLength(7);
    expect(await left("Which country signed the most?")).toHaveLength(7);
    const text = TEXT.replaceAll(/ \| (\d)/gu, " | sum $1");
    expect(await left("Which sum is the largest?", text)).toHaveLength(7);
  });

  it("are left out too where the row that is named is of another chunk", async () => {
    const corpus = new Corpus([await parseBytes(Buffer.from(TEXT), "sums.txt")]);
    const chunks = await corpus.chunks(fakeModel(), 16);
    const question = "What did Morocco get?";
    const input = { documents: corpus.documents, chunks, question, idf: () => 1, similarity: () => 0 };
    const all = chunks.map((_, index) => withoutOtherRows(nearestPassages(index, input), input));
    expect(chunks.length).toBeGreaterThan(2);
    expect(all.flat().filter(({ text }) => text.includes(" | "))).toMatchObject([
      { text: "Morocco | 21.09" },
    ]);
  });
});
