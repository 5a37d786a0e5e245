import { describe, expect, it } from "vitest";
import type { Section } from "../../../src/document/document.ts";
import { partAt, partsOf } from "../../../src/engine/summary/parts.ts";

const TEXT = "x".repeat(100);

function source(sections: Section[], given: { path?: string; title?: string; text?: string } = {}) {
  return { path: "a.txt", title: undefined, text: TEXT, sections, ...given };
}

describe("partsOf", () => {
  it("are the sections of the first level that has two, and what stands before them", () => {
    const sections = [
      { title: "Book", level: 1, start: 5 },
      { title: "One", level: 2, start: 20 },
      { title: "Two", level: 2, start: 60 },
      { title: "Detail", level: 3, start: 70 },
    ];
    expect(partsOf([source(sections)])).toEqual([
      { document: 0, title: "", start: 0, end: 5 },
      { document: 0, title: "Book", start: 5, end: 20 },
      { document: 0, title: "One", start: 20, end: 60 },
      { document: 0, title: "Two", start: 60, end: 100 },
    ]);
  });

  it("are ten equal cuts that tile a text without sections", () => {
    const parts = partsOf([source([])]);
    expect(parts).toHaveLength(10);
    expect(parts.map(({ start }) => start)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(parts.at(-1)?.end).toBe(100);
    expect(partAt(parts, { document: 0, start: 99 })).toBe(9);
    expect(partAt(parts, { document: 0, start: 10 })).toBe(1);
  });

  it("are the documents themselves where there are several", () => {
    const sections = [
      { title: "One", level: 1, start: 0 },
      { title: "Two", level: 1, start: 60 },
    ];
    const parts = partsOf([source(sections), source([], { path: "b.txt", title: "B", text: "yy" })]);
    expect(parts).toEqual([
      { document: 0, title: "a.txt", start: 0, end: 100 },
      { document: 1, title: "B", start: 0, end: 2 },
    ]);
    expect(partAt(parts, { document: 0, start: 99 })).toBe(0);
    expect(partAt(parts, { document: 1, start: 1 })).toBe(1);
  });
});
