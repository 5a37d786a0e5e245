import { describe, expect, it } from "vitest";
import { compositeWidths, simpleWidths } from "../../../../src/document/formats/pdf/font-widths.ts";
import { readToUnicode } from "../../../../src/document/formats/pdf/to-unicode.ts";

/** Milliseconds; each of these took seconds to minutes before patterns and counts were bounded. */
const MOST_MS = 1000;

function timed(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

function composite(widths: string): () => unknown {
  const objects = new Map([[9, `<< /W ${widths} >>`]]);
  return () => compositeWidths("<< /DescendantFonts [9 0 R] >>", objects);
}

describe("what a damaged or hostile PDF says of its fonts is read at once", () => {
  it.each([
    ["ranges of all codes", `beginbfrange ${"<0000><ffff><0041>".repeat(2000)} endbfrange`],
    ["codes that do not end", `beginbfchar ${"<".repeat(60_000)} endbfchar`],
    ["a long text for each code", `beginbfrange <0000><ffff><${"0041".repeat(5000)}> endbfrange`],
    ["lists that do not end", "beginbfchar ".repeat(60_000)],
  ])("a map with %s", (_, map) => {
    expect(timed(() => readToUnicode(map))).toBeLessThan(MOST_MS);
  });

  it.each([
    ["a number of 60,000 digits", composite(`[${"1".repeat(60_000)}]`)],
    ["runs of all codes", composite(`[${"0 65535 5 ".repeat(2000)}]`)],
    ["arrays in arrays", composite("[".repeat(60_000))],
    ["many arrays that do not end", composite("/W [1 [2 ".repeat(7000))],
    ["an array elsewhere", () => simpleWidths("/Widths 3 0 R", new Map([[3, "[".repeat(60_000)]]))],
    ["spaces", composite(`[1${" ".repeat(60_000)}2]`)],
  ])("widths with %s", (_, work) => {
    expect(timed(work)).toBeLessThan(MOST_MS);
  });
});

it("reads what good fonts say", () => {
  const map =
    "2 beginbfchar <01> <0066> <02><00660069> endbfchar beginbfrange <10> <12> <0041> <20><21>[<0078><0079>] endbfrange";
  const letters: [number, string][] = [
    [1, "f"],
    [2, "fi"],
    [0x10, "A"],
    [0x11, "B"],
    [0x12, "C"],
    [0x20, "x"],
    [0x21, "y"],
  ];
  expect([...readToUnicode(map)]).toEqual(letters);
  const objects = new Map([
    [9, "<< /W 10 0 R >>"],
    [10, "[1 [500 250.5] 7 9 600]"],
  ]);
  const wide: [number, number][] = [
    [1, 0.5],
    [2, 0.2505],
    [7, 0.6],
    [8, 0.6],
    [9, 0.6],
  ];
  expect([...compositeWidths("/DescendantFonts [9 0 R]", objects)]).toEqual(wide);
  expect([...simpleWidths("/FirstChar 32 /Widths [250 333]", new Map())]).toEqual([
    [32, 0.25],
    [33, 0.333],
  ]);
});
