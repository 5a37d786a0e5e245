import { describe, expect, it } from "vitest";
import { Extent } from "../../../src/engine/summary/extent.ts";

describe("Extent", () => {
  it("counts tenths over all texts, one behind another", () => {
    const extent = new Extent([{ text: "x".repeat(60) }, { text: "" }, { text: "y".repeat(40) }]);
    expect(extent.tenthOf({ document: 0, start: 0 })).toBe(0);
    expect(extent.tenthOf({ document: 0, start: 59 })).toBe(5);
    expect(extent.tenthOf({ document: 2, start: 0 })).toBe(6);
    expect(extent.tenthOf({ document: 2, start: 40 })).toBe(9);
  });

  it("takes what has no text", () => {
    expect(new Extent([{ text: "" }]).tenthOf({ document: 0, start: 0 })).toBe(0);
  });
});
