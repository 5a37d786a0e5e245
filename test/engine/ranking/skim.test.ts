import { describe, expect, it } from "vitest";
import type { Chunk } from "../../../src/document/chunk.ts";
import type { Document } from "../../../src/document/document.ts";
import { order } from "../../../src/engine/ranking/fuse.ts";
import { skim } from "../../../src/engine/ranking/skim.ts";
import { contentWords } from "../../../src/engine/ranking/words.ts";

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
    expect(order(skim(documents, chunks, "Who holds the deposit of the tenant?").scores)[0]).toBe(1);
  });

  it("gives no weight to a word that the documents do not have", () => {
    const { documents, chunks } = paragraphs("Rent is due. ", "Keys are returned. ");
    const { idf, scores } = skim(documents, chunks, "zeppelin");
    expect(idf("zeppelin")).toBe(0);
    expect([...scores]).toEqual([0, 0]);
  });

  it("counts the words of a chunk's heading", () => {
    const { documents, chunks } = paragraphs("It is paid monthly. ", "It is returned. ");
    const headed = chunks.map((chunk, i) => ({ ...chunk, heading: i === 1 ? "Deposit" : "Rent" }));
    expect(order(skim(documents, headed, "deposit").scores)[0]).toBe(1);
  });
});

describe("contentWords", () => {
  it("drop stop words and plural s, and keep places", () => {
    expect(contentWords("What are the late fees?")).toEqual([
      { form: "late", start: 13, end: 17 },
      { form: "fee", start: 18, end: 22 },
    ]);
  });

  it("split text without spaces into overlapping pairs", () => {
    expect(contentWords("賃貸契約").map((word) => word.form)).toEqual(["賃貸", "貸契", "契約"]);
  });
});
