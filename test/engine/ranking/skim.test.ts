import { describe, expect, it } from "vitest";
import type { Chunk } from "../../../src/document/chunk.ts";
import type { Document } from "../../../src/document/document.ts";
import { order } from "../../../src/engine/ranking/fuse.ts";
import { skim } from "../../../src/engine/ranking/skim.ts";
import { WordIndex } from "../../../src/engine/ranking/word-index.ts";

function paragraphs(...texts: string[]): { documents: Document[]; chunks: Chunk[] } {
  const text = texts.join("");
  let start = 0;
  const chunks = texts.map((piece, index) => {
    const chunk = {
      document: 0,
      index,
      start,
      end: start + piece.length,
      tokens: new Uint32Array(1),
      heading: "",
    };
    start += piece.length;
    return chunk;
  });
  const source = { path: "a", format: "text", title: undefined, text, pages: [], sections: [], warnings: [] };
  return { documents: [source], chunks };
}

describe("skim", () => {
  it("puts the chunk with the question's rare words first", () => {
    const { documents, chunks } = paragraphs(
      "The tenant pays rent each month to the landlord. ",
      "The deposit of the tenant is held in escrow by the notary. ",
      "The tenant keeps the premises clean. ",
    );
    expect(
      order(skim(new WordIndex(documents, chunks), "Who holds the deposit of the tenant?").scores)[0],
    ).toBe(1);
  });

  it("gives no weight to a word that the documents do not have", () => {
    const { documents, chunks } = paragraphs("Rent is due. ", "Keys are returned. ");
    const { idf, scores } = skim(new WordIndex(documents, chunks), "zeppelin");
    expect(idf("zeppelin")).toBe(0);
    expect([...scores]).toEqual([0, 0]);
  });

  it("counts the words of a chunk's heading", () => {
    const { documents, chunks } = paragraphs("It is paid monthly. ", "It is returned. ");
    const headed = chunks.map((chunk, i) => ({ ...chunk, heading: i === 1 ? "Deposit" : "Rent" }));
    expect(order(skim(new WordIndex(documents, headed), "deposit").scores)[0]).toBe(1);
  });

  it("prefers the question's own form of a word to others of its stem", () => {
    const { documents, chunks } = paragraphs("A relative sits here. ", "The relativity of it. ", "A clock. ");
    expect(order(skim(new WordIndex(documents, chunks), "relativity").scores)).toEqual([1, 0, 2]);
  });

  it("prefers a sentence that has all of the question's words to a chunk that has them apart", () => {
    const { documents, chunks } = paragraphs(
      "The pump was sold. Rain fell. The gauge was cleaned. ",
      "Rain fell. The gauge of the pump. It was cleaned and sold. ",
      "Nothing else is said here. ",
    );
    expect(order(skim(new WordIndex(documents, chunks), "gauge of the pump?").scores)[0]).toBe(1);
  });

  it("stems in the language of the documents", () => {
    const german =
      "Die Häuser am Hafen wurden im vergangenen Jahr verkauft, und die Mieter zogen aus. ".repeat(8);
    const { documents, chunks } = paragraphs("Die Rechnungen liegen im Schrank. ", german);
    const { scores, idf } = skim(new WordIndex(documents, chunks), "Wo ist die Rechnung?");
    expect(order(scores)[0]).toBe(0);
    expect(idf("haus")).toBeGreaterThan(0);
  });

  it.each([
    ["What is the amount of 1234.56 for?", 1],
    ["Whose debt is 1 234,56?", 1],
    ["Which invoice amounts to 9,876.50 francs?", 2],
    ["Which invoice is dated 2024-04-05?", 2],
    ["Which invoice is of 03.04.2024?", 1],
    ["What did Zoë Müller-Crèvecœur do?", 3],
    ["What did Zoe Muller-Crevecoeur do?", 3],
    ["How many steamers does the company own?", 4],
    ["Who is Rudolf Kaiser?", 4],
  ])("finds the sentence for: %s", (question, expected) => {
    const { documents, chunks } = paragraphs(
      "The invoice of a retired pilot, 1234.65 euros, was painted in 2024. ",
      "Die Rechnung vom 03.04.2024 beträgt 1.234,56 EUR. ",
      "The second invoice, of 2024-04-05, amounts to 9 876.50 francs. ",
      "The surveyor Zoe\u0308 Mu\u0308ller-Cre\u0300vec\u0153ur mapped the skerry in 1903. ",
      "Ru\u00addolf Kai\u200bser owns a comp\u00adany of seven steam\u00aders. ",
    );
    expect(order(skim(new WordIndex(documents, chunks), question).scores)[0]).toBe(expected);
  });
});
