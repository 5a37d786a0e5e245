import { describe, expect, it } from "vitest";
import { fuse, order, reciprocalRankFusion } from "../../../src/engine/ranking/fuse.ts";

describe("fuse", () => {
  it("keeps a clear winner of BM25 in front of a likelihood that disagrees a little", () => {
    const bm25 = Float64Array.of(20, 1, 1, 1);
    const condensed = new Map([
      [0, 4],
      [1, 5],
      [2, 4],
      [3, 3],
    ]);
    expect(order(fuse(bm25, condensed))[0]).toBe(0);
  });

  it("lets the likelihood decide where BM25 sees no difference", () => {
    const condensed = new Map([
      [0, 1],
      [1, 9],
      [2, 2],
    ]);
    expect(order(fuse(new Float64Array(3), condensed))[0]).toBe(1);
  });

  it("puts chunks that were not condensed behind those that were, by BM25", () => {
    const bm25 = Float64Array.of(5, 0, 3, 4);
    const condensed = new Map([
      [0, 1],
      [1, 0],
    ]);
    expect(order(fuse(bm25, condensed))).toEqual([0, 1, 3, 2]);
  });
});

describe("order", () => {
  it("keeps document order among equals", () => {
    expect(order([1, 2, 2, 1])).toEqual([1, 2, 0, 3]);
  });
});

describe("reciprocal rank fusion", () => {
  it("puts what is good in both lists before what is the best of one", () => {
    const fused = reciprocalRankFusion([
      Float64Array.of(9, 8, 0.1, 0.2),
      Float64Array.of(0.1, 0.8, 0.9, 0.2),
    ]);
    expect(order(fused)).toEqual([1, 0, 2, 3]);
  });

  it("gives a score of nothing no rank", () => {
    expect([...reciprocalRankFusion([Float64Array.of(0, 2), Float64Array.of(-1, 0)])]).toEqual([0, 0.1]);
  });
});
