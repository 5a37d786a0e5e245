import { describe, expect, it } from "vitest";
import type { Citation, Places } from "../../src/engine/results.ts";
import { PLACES_COUNT_FORMATS, PLACES_FORMATS } from "../../src/format/formats.ts";
import { placesCount } from "../../src/format/places.ts";

const PLAIN = { color: false, width: undefined };

function placeOf(change: Partial<Citation>): Citation {
  const quote = change.quote ?? "The roof leaks.";
  return {
    id: 1,
    path: "minutes.pdf",
    page: 3,
    pageLabel: "iii",
    line: 40,
    start: 10,
    end: 10 + quote.length,
    quote,
    support: 4.5,
    ...change,
  };
}

function found(places: readonly Citation[], uncertain: readonly Citation[] = []): Places {
  return {
    question: "What about the roof?",
    places,
    uncertain,
    unsureChunks: uncertain.length,
    coverage: {
      documents: 1,
      pages: { total: 9, read: 9, unreadable: [] },
      chunks: { total: 1487, searched: 1487, condensed: 1487, read: 7, stored: 1480 },
      tokens: { total: 600_000, read: 600_000 },
      skipped: [],
    },
    tokens: { computed: { read: 1, condense: 2 }, reused: 3 },
    timings: { loadMs: 1, findMs: 2, totalMs: 3 },
    models: { reader: { name: "r", path: "/r.gguf", fingerprint: "f", trainedContextTokens: 8192 } },
    settings: {},
  };
}

function formatted(name: string, places: Places): string {
  return PLACES_FORMATS[name]?.(places, PLAIN) ?? `no format ${name}`;
}

describe("places", () => {
  const two = found([
    placeOf({}),
    placeOf({ id: 2, page: null, pageLabel: null, path: "-", quote: 'It "leaks",\nagain.' }),
  ]);

  const mixed = found([placeOf({})], [placeOf({ id: 2, line: 50, quote: "It drips." })]);

  it("say which ones only may answer", () => {
    expect(formatted("text", mixed)).toBe(
      "minutes.pdf p. iii (PDF page 3), line 40\n“The roof leaks.”\n\nLess sure:\n\nminutes.pdf p. iii (PDF page 3), line 50\n“It drips.”\n",
    );
    expect(formatted("markdown", mixed)).toBe(
      "1. minutes.pdf p. iii (PDF page 3), line 40:\n   > The roof leaks.\n\nLess sure:\n\n2. minutes.pdf p. iii (PDF page 3), line 50:\n   > It drips.\n",
    );
    expect(formatted("csv", mixed)).toContain("It drips.,4.5,uncertain\r\n");
    const lines = formatted("jsonl", mixed).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).verdict)).toEqual(["answered", "uncertain"]);
  });

  it("are printed with page and quote, nothing where there are none", () => {
    expect(formatted("text", two)).toBe(
      'minutes.pdf p. iii (PDF page 3), line 40\n“The roof leaks.”\n\nstandard input, line 40\n“It "leaks", again.”\n',
    );
    expect(formatted("text", found([]))).toBe("");
  });

  it("are a table for spreadsheets, which takes no text for a formula", () => {
    expect(formatted("csv", two).split("\r\n")).toEqual([
      "path,page,pageLabel,line,quote,support,verdict",
      "minutes.pdf,3,iii,40,The roof leaks.,4.5,answered",
      'standard input,,,40,"It ""leaks"",\nagain.",4.5,answered',
      "",
    ]);
    expect(formatted("csv", found([placeOf({ quote: "=HYPERLINK(1)" })]))).toContain(",'=HYPERLINK(1),");
  });

  it("are a table that steers no terminal, and hides no formula behind what would", () => {
    const quote = "\u001b]0;owned\u0007=1+1,\u001b[31m\tred\r\n";
    expect(formatted("csv", found([placeOf({ quote })]))).toContain(`,"'=1+1,\tred\n",`);
  });

  it("are JSON with their number, and a line each", () => {
    expect(JSON.parse(formatted("json", two))).toMatchObject({ command: "find", count: 2, unsureChunks: 0 });
    const lines = formatted("jsonl", two).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).id)).toEqual([1, 2]);
  });

  it("are a list in Markdown", () => {
    expect(formatted("markdown", found([placeOf({})]))).toBe(
      "1. minutes.pdf p. iii (PDF page 3), line 40:\n   > The roof leaks.\n",
    );
  });

  it("are counted over all chunks", () => {
    expect(placesCount(two)).toBe("2 places in 1,487 chunks");
    expect(placesCount(mixed)).toBe("1 place in 1,487 chunks; 1 less sure");
  });
});

const { text: textCount = () => "", json: jsonCount = () => "" } = PLACES_COUNT_FORMATS;

describe("the number of places", () => {
  it("is a number for people, and an object for programs", () => {
    const two = found([placeOf({ id: 1 }), placeOf({ id: 2 })], [placeOf({ id: 3 })]);
    expect(textCount(two, PLAIN)).toBe("2\n");
    expect(JSON.parse(jsonCount(two, PLAIN))).toEqual({
      version: 1,
      command: "find",
      question: "What about the roof?",
      count: 2,
      unsureChunks: 1,
    });
  });
});
