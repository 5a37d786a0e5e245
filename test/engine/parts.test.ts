import { describe, expect, it } from "vitest";
import { partAt, partsOf } from "../../src/engine/parts.ts";

const TEXT = "x".repeat(100);

describe("partsOf", () => {
  it("are the sections of the first level that has two, and what stands before them", () => {
    const sections = [
      { title: "Book", level: 1, start: 5 },
      { title: "One", level: 2, start: 20 },
      { title: "Two", level: 2, start: 60 },
      { title: "Detail", level: 3, start: 70 },
    ];
    expect(partsOf({ text: TEXT, sections })).toEqual([
      { title: "", start: 0, end: 5 },
      { title: "Book", start: 5, end: 20 },
      { title: "One", start: 20, end: 60 },
      { title: "Two", start: 60, end: 100 },
    ]);
  });

  it("are ten equal cuts that tile a text without sections", () => {
    const parts = partsOf({ text: TEXT, sections: [] });
    expect(parts).toHaveLength(10);
    expect(parts.map(({ start }) => start)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(parts.at(-1)?.end).toBe(100);
    expect(partAt(parts, 99)).toBe(9);
    expect(partAt(parts, 10)).toBe(1);
  });
});
