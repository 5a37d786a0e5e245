import { describe, expect, it } from "vitest";
import { parseBytes } from "../../../src/document/parse.ts";
import { Corpus } from "../../../src/engine/corpus.ts";
import { extract } from "../../../src/engine/extract/extract.ts";
import type { Extraction } from "../../../src/engine/extract/extraction.ts";
import { mergeItems } from "../../../src/engine/extract/merge-items.ts";
import { parseSchema } from "../../../src/engine/extract/schema.ts";
import { FAKE_CONDENSER, fakeOptions } from "../../helpers/fake-engine.ts";

const FILLER = "The weather was fair and nothing of note happened at the pier on that day. ".repeat(6);
const MINUTES = [
  'The keeper and the wage of each light: {"keeper": "Anders Moe", "wage": 40}.',
  FILLER,
  'The keeper and the wage of each light: {"keeper": "Isobel Tarrant", "wage": 45}.',
  FILLER,
  'Again the keeper and the wage of each light: {"keeper": "Anders Moe", "wage": 40}.',
].join("\n\n");
const SCHEMA = parseSchema({
  title: "light",
  type: "object",
  properties: { keeper: { type: "string" }, wage: { type: "integer" } },
  required: ["keeper"],
});

async function run(text: string, chunkTokens = 48): Promise<Extraction> {
  const corpus = new Corpus([await parseBytes(Buffer.from(text), "minutes.md")]);
  const own = { condenserAdapter: FAKE_CONDENSER, condenseChunks: 1000, chunkTokens };
  const options = { ...(await fakeOptions()), ...own };
  return extract({ corpus, loadMs: 0, schema: SCHEMA }, options);
}

describe("extract, on a model without weights", () => {
  it("has each item once, with all its places, in document order", async () => {
    const { items, chunks, coverage, question } = await run(MINUTES);
    expect(question).toBe("What are the keeper and wage of each light?");
    expect(items.map(({ id, values, unsupported }) => ({ id, values, unsupported }))).toEqual([
      { id: 1, values: { keeper: "Anders Moe", wage: 40 }, unsupported: [] },
      { id: 2, values: { keeper: "Isobel Tarrant", wage: 45 }, unsupported: [] },
    ]);
    expect(items[0]?.places.map(({ line }) => line)).toEqual([1, 9]);
    for (const { places } of items) {
      for (const { quote, start, end } of places) expect(MINUTES.slice(start, end)).toBe(quote);
    }
    expect(items[1]?.places[0]?.quote).toContain("Isobel Tarrant");
    expect(chunks.cutOff).toBe(0);
    expect(chunks.written).toBeLessThan(coverage.chunks.total);
    expect(coverage.chunks.condensed).toBe(coverage.chunks.total);
  });

  it("finds none where there are none", async () => {
    expect((await run(FILLER)).items).toEqual([]);
  });

  it("stops a writer that says an item for the third time in a row, keeps what it said and says so", async () => {
    const item = '{"keeper": "Ruth Okafor", "wage": 9}';
    const other = '{"keeper": "Anders Moe", "wage": 1}';
    const written = async (...items: readonly string[]) => {
      const { items: found, chunks } = await run(
        `The keeper and the wage of each light: ${items.join(" ")}`,
        256,
      );
      return { keepers: found.map(({ values: { keeper } }) => keeper), ...chunks };
    };
    expect(await written(other, item, item, item, other)).toEqual({
      keepers: ["Anders Moe", "Ruth Okafor"],
      written: 1,
      cutOff: 1,
    });
    expect(await written(item, item, other)).toEqual({
      keepers: ["Ruth Okafor", "Anders Moe"],
      written: 1,
      cutOff: 0,
    });
  });
});

describe("merged items", () => {
  it("are marked where their chunk lacks a value, and left out where it has none of theirs", async () => {
    const text = "Anders Moe keeps the light for 12 pounds.";
    const documents = [await parseBytes(Buffer.from(text), "a.md")];
    const chunks = [
      { document: 0, index: 0, start: 0, end: text.length, tokens: new Uint32Array(), heading: "" },
    ];
    const values = [
      { keeper: "Anders Moe", wage: 77 },
      { keeper: null, wage: 12 },
      { keeper: "Nobody", wage: 13 },
    ];
    const written = [{ items: values, isCutOff: false }];
    const { items, invented } = mergeItems({ documents, chunks, written, schema: SCHEMA });
    expect(items.map(({ unsupported }) => unsupported)).toEqual([["wage"], ["keeper"]]);
    expect(items.map(({ places }) => places[0]?.quote)).toEqual([text, text]);
    expect(invented).toBe(1);
  });
});
