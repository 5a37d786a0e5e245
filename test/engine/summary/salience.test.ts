import { describe, expect, it } from "vitest";
import type { Chunk } from "../../../src/document/chunk.ts";
import { wordSet, wordWeights } from "../../../src/engine/attribution/match.ts";
import {
  chunkSalience,
  keyTerms,
  sentenceSalience,
  type Weighed,
} from "../../../src/engine/summary/salience.ts";

const TEXTS = [
  "The lighthouse and its keeper. The lighthouse stands on a skerry.",
  "Rope is bought in spring.",
  "The keeper of the lighthouse climbs the tower of the lighthouse.",
  "Weeks are long, and days are short.",
];

const CHUNKS = TEXTS.map((_, index): Chunk => {
  return { document: 0, index, start: index, end: index + 1, tokens: new Uint32Array(1), heading: "One" };
});

describe("keyTerms", () => {
  it("are the words that a document uses most, without those that are everywhere and without numbers", () => {
    const terms = keyTerms(TEXTS.map((text) => `${text} Also 1869 1869 1869.`));
    const [first] = [...terms].sort((a, b) => b[1] - a[1]);
    expect(first?.[0]).toBe("lighthous");
    expect(terms.get("lighthous")).toBeGreaterThan(3 * (terms.get("also") ?? 0));
    expect(terms.has("1869")).toBe(false);
    expect([...terms.values()].reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
  });

  it("are there for a document of one chunk", () => {
    expect([...keyTerms(["Granite, granite, and moss."]).keys()][0]).toBe("granit");
    expect([...keyTerms(["港口的港口税由港口收取。"], "cmn").keys()][0]).toBe("港口");
  });
});

describe("chunkSalience", () => {
  const terms = keyTerms(TEXTS);
  const given = { chunks: CHUNKS, texts: TEXTS, terms };

  it("prefers chunks with the document's own terms, and its beginning", () => {
    const salience = chunkSalience({ ...given, fused: undefined });
    expect(salience[2]).toBeGreaterThan(salience[1] ?? 0);
    expect(salience[0]).toBeGreaterThan(salience[2] ?? 0);
  });

  it("follows what is looked for where something is", () => {
    const salience = chunkSalience({ ...given, fused: Float64Array.of(0, 9, 0, 0) });
    expect(Math.max(...salience)).toBe(salience[1]);
  });
});

describe("sentenceSalience", () => {
  function weighed(text: string, given: Partial<Weighed> = {}): Weighed {
    const forms = wordSet(text);
    return { text, forms, ofChunk: 0, heading: new Set(), opensPart: false, opensParagraph: false, ...given };
  }

  const terms = new Map([["lighthous", 1]]);
  const GOOD = "The lighthouse on the northern skerry was built of grey granite.";

  it.each([
    ["a row of a table", "Lighthouse | 12 | 14 | 19 | 240 | 11.5 lighthouse lighthouse."],
    [
      "a sentence that hangs on the one before",
      "This lighthouse on the northern skerry was built of grey granite.",
    ],
    ["a line of contents", "The lighthouse on the northern skerry 5.14.3."],
    ["code", "The lighthouse is built by: class Lighthouse { granite(northern); skerry(lighthouse); }."],
    ["a scrap", "lighthouse on the northern skerry, of grey granite"],
    ["a sentence about something else", "The northern wind blows over the grey sea for months on end."],
  ])("puts %s behind a whole sentence about the subject", (_, other) => {
    const [good, bad] = sentenceSalience([weighed(GOOD), weighed(other)], terms, new Map());
    expect(good).toBeGreaterThan(bad ?? Number.POSITIVE_INFINITY);
  });

  it("prefers what is looked for", () => {
    const focus = wordWeights("wind over the sea", () => 2);
    const all = [weighed(GOOD), weighed("The northern wind blows over the grey sea for months on end.")];
    const [other, found] = sentenceSalience(all, terms, focus);
    expect(found).toBeGreaterThan(other ?? Number.POSITIVE_INFINITY);
  });
});
