import { describe, expect, it } from "vitest";
import type { Chunk } from "../../../src/document/chunk.ts";
import { type Ranking, select } from "../../../src/engine/ranking/select.ts";

const TEXTS = ["oak ash", "elm fir", "yew box", "oak ash", "lime pine", "beech birch"];

const chunks: Chunk[] = TEXTS.map((_, index) => ({
  document: 0,
  index,
  start: index,
  end: index + 1,
  tokens: new Uint32Array(1),
  heading: "",
}));

function pick(roomTokens: number, ranking: Partial<Ranking>, costs = [10, 10, 10, 10, 10, 10]): number[] {
  const fused = ranking.fused ?? Float64Array.of(6, 5, 4, 3, 2, 1);
  return select(
    chunks,
    { fused, bm25: ranking.bm25 ?? fused, condensed: ranking.condensed ?? fused },
    {
      roomTokens,
      costTokens: (chunk) => costs[chunk.index] ?? 0,
      textOf: (chunk) => TEXTS[chunk.index] ?? "",
    },
  );
}

describe("select", () => {
  it("returns the best that fit, in document order", () => {
    expect(pick(20, { fused: Float64Array.of(1, 2, 9, 1, 8, 3) })).toEqual([2, 4]);
  });

  it("takes the two best of each list even when the fused score forgot them", () => {
    expect(pick(40, { condensed: Float64Array.of(0, 0, 0, 0, 8, 9) })).toEqual([0, 1, 4, 5]);
  });

  it("leaves out a copy of a chunk that is in already", () => {
    expect(pick(60, {})).not.toContain(3);
  });

  it("goes on to smaller chunks when a large one does not fit", () => {
    expect(pick(15, {}, [10, 50, 50, 5, 5, 5])).toEqual([0, 4]);
  });

  it("never exceeds the room", () => {
    expect(pick(9, {})).toEqual([]);
  });
});
