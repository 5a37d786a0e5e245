import { describe, expect, it } from "vitest";
import { leastPlaceMargin, PLACE_MARGIN, sureMargin } from "../../../src/engine/condenser/confidence.ts";

describe("the least margin of a place", () => {
  it("is that of a place by itself where no chunk of the document answers", () => {
    expect(leastPlaceMargin(Number.NEGATIVE_INFINITY)).toBe(PLACE_MARGIN);
    expect(leastPlaceMargin(PLACE_MARGIN - 0.01)).toBe(PLACE_MARGIN);
  });

  it("is lower beside one that answers, but not beside one that answers very surely, and never far below even", () => {
    expect(leastPlaceMargin(PLACE_MARGIN)).toBe(-1);
    expect(leastPlaceMargin(3)).toBe(0);
    expect(leastPlaceMargin(9)).toBe(PLACE_MARGIN);
  });
});

describe("the margin at which condensing ends", () => {
  it("is out of reach before anything was judged, and lower the more was", () => {
    expect([0, 8, 16, 24, 32, 64].map(sureMargin)).toEqual([
      Number.POSITIVE_INFINITY,
      3,
      2.25,
      1.33,
      0.45,
      0.45,
    ]);
  });
});
