import { expect, it } from "vitest";
import type { Chunk } from "../../../src/document/chunk.ts";
import { rankingLines } from "../../../src/engine/ranking/ranking-table.ts";

it("has a line for each chunk that was condensed, best first, with its place and what it was ranked by", () => {
  const chunk = (index: number): Chunk => {
    return {
      document: 0,
      index,
      start: 10 * index,
      end: 10 * (index + 1),
      tokens: new Uint32Array(1),
      heading: "",
    };
  };
  const pages = [0, 1].map((i) => {
    return { number: i + 1, label: undefined, start: 20 * i, end: 20 * (i + 1), characters: 20 };
  });
  const paged = {
    path: "a.pdf",
    format: "pdf",
    title: undefined,
    text: "x".repeat(40),
    pages,
    sections: [],
    warnings: [],
  };
  const lines = rankingLines({
    documents: [paged],
    chunks: [0, 1, 2, 3].map(chunk),
    bm25: Float64Array.of(1, 2, 3, 0),
    relevance: Float64Array.of(0.25, 0.1, 0.5, 0),
    fused: Float64Array.of(0.5, -2, 1.25, -3),
    scores: new Map([
      [0, -1],
      [2, 2.5],
    ]),
    chosen: [2],
  });
  expect(lines).toEqual([
    "1. a.pdf, page 2, chunk 2: words 3.00, retrieved 0.50, condensed 2.50, fused 1.25, in the window",
    "2. a.pdf, page 1, chunk 0: words 1.00, retrieved 0.25, condensed -1.00, fused 0.50",
  ]);
});
