import { describe, expect, it } from "vitest";
import { parseBytes } from "../../../src/document/parse.ts";
import { Corpus } from "../../../src/engine/corpus.ts";
import { partsOf } from "../../../src/engine/reader/chunk-part.ts";
import { fakeModel } from "../../helpers/fake-model.ts";

const TEXT =
  "The fee is due in May. Boats leave in autumn. Nobody stays for the winter.\n\nThe gate is locked at ten. Dogs are welcome on a lead.";

async function cut(quote: string | { start: number; end: number }, index = 0): Promise<string> {
  const tokenizer = fakeModel();
  const corpus = new Corpus([await parseBytes(Buffer.from(TEXT), "letter.txt")]);
  const chunks = await corpus.chunks(tokenizer, 20);
  const start = typeof quote === "string" ? TEXT.indexOf(quote) : quote.start;
  const end = typeof quote === "string" ? start + quote.length : quote.end;
  const input = { documents: corpus.documents, chunks, tokenizer };
  const [part] = partsOf([{ chunk: index, quote: { start, end } }], input);
  if (part === undefined) throw new Error("no part");
  return tokenizer.detokenize(part.chunk.tokens.subarray(part.from, part.end));
}

describe("a part of a chunk", () => {
  it("has the tokens of its text", async () => {
    expect((await cut("Boats leave in autumn.")).trim()).toBe("Boats leave in autumn.");
  });

  it("ends where its chunk ends, and begins where that begins", async () => {
    expect(await cut({ start: 0, end: TEXT.length })).toBe(TEXT.slice(0, TEXT.indexOf("The gate")));
    expect(await cut({ start: 0, end: TEXT.length }, 1)).toBe(TEXT.slice(TEXT.indexOf("The gate")));
  });

  it("has at least one token", async () => {
    expect(await cut({ start: TEXT.length, end: TEXT.length })).not.toBe("");
  });
});
