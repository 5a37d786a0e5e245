import { describe, expect, it } from "vitest";
import type { Extraction } from "../../src/engine/extract/extraction.ts";
import { parseSchema } from "../../src/engine/extract/schema.ts";
import { extractionCount, extractionMarkdown } from "../../src/format/extraction.ts";
import { EXTRACTION_FORMATS } from "../../src/format/formats.ts";
import { ANSWER } from "./samples.ts";

const PLAIN = { color: false, width: undefined };
const PLACE = {
  path: "a.pdf",
  page: 3,
  pageLabel: null,
  line: 40,
  start: 1,
  end: 9,
  quote: 'Moe, "the"\nkeeper',
};
const { coverage, models, settings } = ANSWER;

const FIELDS = {
  keeper: { type: "string" },
  wage: { type: "number" },
  tags: { type: "array", items: { type: "string" } },
};

function extraction(items: Extraction["items"], properties: object = FIELDS): Extraction {
  return {
    schema: parseSchema({ type: "object", properties }),
    question: "What is the keeper of each light?",
    items,
    invented: 0,
    chunks: { written: 4, cutOff: 0 },
    coverage,
    tokens: { computed: { read: 1, condense: 2, write: 3 }, reused: 4 },
    timings: { loadMs: 1, condenseMs: 2, writeMs: 3, totalMs: 6 },
    models,
    settings,
  };
}

const TWO = extraction([
  {
    id: 1,
    values: { keeper: "=Moe|", wage: 40, tags: ["a", "b"] },
    unsupported: [],
    places: [PLACE, { ...PLACE, page: 9, line: 90 }],
  },
  {
    id: 2,
    values: { keeper: "Tarrant", wage: null, tags: null },
    unsupported: ["keeper"],
    places: [{ ...PLACE, path: "-", page: null }],
  },
]);

function formatted(name: string, result: Extraction): string {
  return EXTRACTION_FORMATS[name]?.(result, PLAIN) ?? `no format ${name}`;
}

describe("extracted items", () => {
  it("are a table and their places", () => {
    expect(formatted("text", TWO)).toBe(
      [
        "     keeper                 wage  tags",
        "[1]  =Moe|                    40  a; b",
        "[2]  Tarrant [unsupported]",
        "",
        "[1] a.pdf p. 3, line 40",
        "[1] a.pdf p. 9, line 90",
        "[2] standard input, line 40",
        "",
      ].join("\n"),
    );
    expect(formatted("text", extraction([]))).toBe("");
  });

  it("are a table in Markdown, with nothing in a cell that ends it", () => {
    const links = { kind: "markdown" as const, to: () => "a.pdf#page=3" };
    expect(extractionMarkdown(TWO, { ...PLAIN, links }).split("\n")[2]).toBe(
      "| =Moe\\| | 40 | a; b | [a.pdf p. 3, line 40](a.pdf#page=3)<br>[a.pdf p. 9, line 90](a.pdf#page=3) |",
    );
  });

  it("are a table for Obsidian, whose links have a bar", () => {
    const links = { kind: "obsidian" as const, to: () => "a.pdf#page=3" };
    const row = extractionMarkdown(TWO, { ...PLAIN, links }).split("\n")[2];
    expect(row).toContain("[[a.pdf#page=3\\|a.pdf p. 3, line 40]]");
    expect(row?.match(/(?<!\\)\|/gu)).toHaveLength(5);
  });

  it("are lines for spreadsheets", () => {
    expect(formatted("csv", TWO).split("\r\n")).toEqual([
      "keeper,wage,tags,unsupported,path,page,line,quote,more",
      `'=Moe|,40,a; b,,a.pdf,3,40,"Moe, ""the""\nkeeper",a.pdf p. 9`,
      `Tarrant,,,keeper,standard input,,40,"Moe, ""the""\nkeeper",`,
      "",
    ]);
  });

  it("have no two columns of one name in a table for spreadsheets", () => {
    const properties = { line: { type: "string" }, "source line": { type: "string" }, more: FIELDS.wage };
    expect(formatted("csv", extraction([], properties))).toBe(
      "line,source line,more,unsupported,path,page,source source line,quote,source more\r\n",
    );
  });

  it("are JSON, and a line each", () => {
    const json = JSON.parse(formatted("json", TWO));
    expect(json).toMatchObject({
      version: 1,
      command: "extract",
      count: 2,
      fields: ["keeper", "wage", "tags"],
    });
    expect(json.items[1]).toMatchObject({ supported: false, unsupported: ["keeper"] });
    const lines = formatted("jsonl", TWO).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).values.keeper)).toEqual(["=Moe|", "Tarrant"]);
  });

  it("are counted", () => {
    const counted = "2 items from 4 of 25 chunks, 1 with unsupported values";
    expect(extractionCount(TWO)).toBe(counted);
    expect(extractionCount({ ...TWO, invented: 3 })).toBe(`${counted}; 3 made up and left out`);
  });
});
