import { describe, expect, test } from "vitest";

import { chunkDocument } from "../../src/document/chunk.ts";
import { locatorOf } from "../../src/document/locate.ts";
import { parseFile } from "../../src/document/parse.ts";
import { sentences } from "../../src/document/sentences.ts";
import { findTables, headerOver } from "../../src/document/table-rows.ts";

const words = (text: string): Uint32Array => new Uint32Array(text.match(/\s*\S+/g)?.length ?? 0);
const quotes = (text: string): string[] =>
  sentences(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));

describe.each([
  ["h13-long-table.html", 140],
  ["t08-berths.csv", 138],
  ["t08-berths.md", 141],
])("%s", (name, line) => {
  test("the row that is asked for is a quote of its own, on its own line, under its header", async () => {
    const document = await parseFile(`test/fixtures/cases/${name}`);
    const row = quotes(document.text).filter((quote) => quote.includes("B137"));
    expect(row).toEqual([
      expect.stringMatching(/^(?:\| )?B137 \| Ibis 137 \| 5\.3 \| 271 \| 710 \| 101 \| Olsen(?: \|)?$/),
    ]);
    expect(locatorOf(document).lineAt(document.text.indexOf("B137"))).toBe(line);

    const chunks = chunkDocument(document, { document: 0, chunkTokens: 200, tokenize: words });
    const held = chunks.find(({ start, end }) => document.text.slice(start, end).includes("B137"));
    expect(held?.heading).toContain(
      "Berth | Vessel | Draught (m) | Length (m) | Arrival fee (EUR) | Departure fee (EUR) | Pilot",
    );
    expect(chunks.map(({ start, end }) => document.text.slice(start, end)).join("")).toBe(document.text);
    // No chunk begins inside a row.
    expect(chunks.slice(1).every(({ start }) => document.text[start - 1] === "\n")).toBe(true);
  });
});

describe("tables", () => {
  test("end where their rows end, and are at least three", () => {
    const text = "Home | About\n\na | b\n1 | 2\n3 | 4\nprose\n";
    expect(findTables(text).map(({ start, end, header }) => [text.slice(start, end), header])).toEqual([
      ["a | b\n1 | 2\n3 | 4\n", "a | b"],
    ]);
  });

  test("rows keep full stops inside; prose around them is cut as ever", () => {
    expect(quotes("One. Two\ngoes on.\n\nA. Rust | No. 5. Old | 3\n|---|---|\n| B | c |\nEnd.")).toEqual([
      "One.",
      "Two\ngoes on.",
      "A. Rust | No. 5. Old | 3",
      "| B | c |",
      "End.",
    ]);
  });

  test("members of laid-out JSON are quotes of their own", () => {
    expect(quotes('{\n  "name": "Ann",\n  "fee": 710\n}')).toEqual([
      "{",
      '"name": "Ann",',
      '"fee": 710',
      "}",
    ]);
  });

  test("a text of a million bars is searched in no time", () => {
    const start = performance.now();
    quotes("a | ".repeat(1_000_000));
    findTables("a | b\n".repeat(300_000));
    expect(performance.now() - start).toBeLessThan(3000);
  });

  test.each([
    ["All ages | 291,099 | ***** | 100.0 | (X)", "Severe | 34,947 | 601 | 12.0 | 0.3", false],
    ["White, non-Hispanic | 3,174 | (4.0) | Ref. | —", "Hispanic | 966 | (7.7) | 2.0 | (1.7)", false],
    ["Group | 2005 | 2010", "Severe | 34,947 | 38,284", true],
    ["Model | 100 m | Price | Pilot", "Ibis | 9.8 | 271 | 710", true],
    ["Grade 1 | 2 | Name", "7 | 9 | 3", true],
    ["Berth | 12 | 24", "Tern | – | 9", true],
  ])("a first row of numbers above numbers is no header: %s", (first, row, isHeader) => {
    const text = `${first}\nOther | 1 | 2\n${row}\n`;
    const start = text.indexOf(row);
    expect(headerOver({ text }, { start, end: start + row.length })).toBe(isHeader ? first : undefined);
  });
});
