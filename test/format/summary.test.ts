import { describe, expect, it } from "vitest";
import type { Summary, SummaryPoint } from "../../src/engine/summary/summary.ts";
import { formatterFor } from "../../src/format/format.ts";
import { SUMMARY_FORMATS, SUMMARY_PLAN_FORMATS } from "../../src/format/formats.ts";
import { absentHeadline } from "../../src/format/searched.ts";
import { pointPart, summaryMarkdown, summaryPlain, summaryText } from "../../src/format/summary.ts";
import { ANSWER, CITATION, PLAN } from "./samples.ts";

const PIPE = { color: false, width: undefined };

function point(text: string, id: number, given: Partial<SummaryPoint> = {}): SummaryPoint {
  const citation = { ...CITATION, id, line: 40 + id };
  return { text, original: null, section: "One", supported: true, foreign: [], citation, ...given };
}

const SUMMARY: Summary = {
  documents: [{ path: "report.pdf", title: "The *annual* report" }],
  focus: null,
  verdict: null,
  confidence: null,
  language: null,
  pointStyle: "write",
  depth: "quick",
  layout: "paragraph",
  points: [
    point("The board approved it.", 1),
    point("Nobody objected.", 2),
    point("It cost 9 pounds.", 3, { supported: false, foreign: ["9"], section: "Two" }),
    point("See ![x](http://e) <b>here</b>.", 4, { section: "Two" }),
  ],
  notes: [{ text: "The board approved it.", path: "report.pdf", page: 28, start: 61_000, end: 63_000 }],
  words: 13,
  unsupported: 1,
  droppedUnsupported: 0,
  droppedForLength: 2,
  tenths: [2, 0, 1, 1, 0, 0, 0, 0, 0, 0],
  coverage: ANSWER.coverage,
  tokens: { computed: { read: 12_345, condense: 0, write: 900, attribute: 120 }, reused: 0 },
  timings: { loadMs: 1, readMs: 2, condenseMs: 0, writeMs: 3, attributeMs: 4, totalMs: 10 },
  models: ANSWER.models,
  settings: { length: "medium" },
};

describe("a summary as text", () => {
  it("marks each point with its source, and what is unsupported with nothing else", () => {
    expect(summaryText(SUMMARY, PIPE)).toBe(
      "The board approved it. [1] Nobody objected. [2] It cost 9 pounds. [unsupported] " +
        "See ![x](http://e) <b>here</b>. [4]\n\n" +
        "Sources\n" +
        "[1] report.pdf p. 12 (PDF page 28), line 41: “The board approved the budget of 2023”\n" +
        "[2] report.pdf p. 12 (PDF page 28), line 42: “The board approved the budget of 2023”\n" +
        "[4] report.pdf p. 12 (PDF page 28), line 44: “The board approved the budget of 2023”\n",
    );
  });

  it("does not say a quote twice", () => {
    const text = summaryText({ ...SUMMARY, pointStyle: "quote" }, PIPE);
    expect(text).toContain("[1] report.pdf p. 12 (PDF page 28), line 41\n");
  });

  it("is a list, or a list for each section, when it is asked to", () => {
    expect(summaryText({ ...SUMMARY, layout: "bullets" }, PIPE)).toMatch(
      /^- The board approved it\. \[1\]\n- Nobody objected\. \[2\]\n- It cost/u,
    );
    expect(summaryText({ ...SUMMARY, layout: "outline" }, PIPE)).toMatch(
      /^One\n- The board approved it\. \[1\]\n- Nobody objected\. \[2\]\n\nTwo\n- It cost/u,
    );
  });

  it("says whether the documents may not speak of what was looked for, and that they do not", () => {
    const looked = { ...SUMMARY, focus: "rent" };
    const unsure = { ...looked, verdict: "uncertain", confidence: 0.34 } as const;
    expect(summaryText(unsure, PIPE)).toMatch(
      /^Uncertain \(34 %\): the document may not speak of "rent"\.\n\nThe board/u,
    );
    const absent = { ...looked, verdict: "absent", confidence: 0.01 } as const;
    const nothing = `${absentHeadline(absent.coverage)} This is what is nearest to it.`;
    expect(summaryText(absent, PIPE).replace(/\s+/gu, " ")).toContain(`${nothing} The board`);
    expect(summaryMarkdown(absent)).toContain(`Looked for: rent\n\n**${nothing}**\n\n`);
    const empty = summaryText({ ...absent, points: [] }, PIPE);
    expect(empty).toBe(`${absentHeadline(absent.coverage)}\n\nNothing was found.\n`);
    const sure = { ...looked, verdict: "answered", confidence: 0.9 } as const;
    for (const one of [sure, looked]) expect(summaryText(one, PIPE)).toMatch(/^The board/u);
  });

  it("says so when there is nothing", () => {
    expect(summaryText({ ...SUMMARY, points: [] }, PIPE)).toBe("Nothing was found.\n");
  });
});

describe("a summary as Markdown", () => {
  it("has title, points, sources and receipt, and nothing that loads or runs", () => {
    const text = summaryMarkdown({ ...SUMMARY, focus: "costs" });
    expect(text).toMatch(
      /^# The \\\*annual\\\* report\n\nLooked for: costs\n\nThe board approved it\. \\\[1\]/u,
    );
    expect(text).not.toMatch(/(?<!\\)(?:\\\\)*(?:!\[|<)/u);
    expect(text).toContain("- \\[1\\] report.pdf p. 12 (PDF page 28), line 41:\n  > The board approved");
    expect(text).toMatch(
      /\n\*report\.pdf: searched 44\/44 pages, .*; 4 points from 3 of 10 tenths.*1 unsupported/u,
    );
  });
});

describe("a summary in the document's own sentences, as Markdown", () => {
  it.each([
    ["*bold* `code` #1 a_b_", "\\*bold\\* \\`code\\` \\#1 a\\_b\\_ \\[1\\]"],
    ["- 4 °C at night", "\\- 4 °C at night \\[1\\]"],
    ["+ VAT", "\\+ VAT \\[1\\]"],
    ["== total", "\\== total \\[1\\]"],
    ["1. The board", "1\\. The board \\[1\\]"],
    ["12) The board", "12\\) The board \\[1\\]"],
    ["1.5 and -1 stay", "1.5 and -1 stay \\[1\\]"],
  ])("shows %j as it is", (text, shown) => {
    const summary: Summary = { ...SUMMARY, pointStyle: "quote", layout: "bullets", points: [point(text, 1)] };
    expect(summaryMarkdown(summary)).toContain(`\n\n- ${shown}\n\n`);
  });
});

describe("a summary as JSON", () => {
  it("has the plain text in front of the points, and its command", () => {
    const json = JSON.parse(formatterFor(SUMMARY_FORMATS, "json")(SUMMARY, PIPE));
    expect(Object.keys(json).slice(0, 5)).toEqual(["version", "command", "documents", "focus", "summary"]);
    expect(json).toMatchObject({ version: 1, command: "summarize", unsupported: 1, words: 13 });
    expect(json.summary).toBe(summaryPlain(SUMMARY));
    expect(json.summary).toMatch(
      /^The board approved it\. Nobody objected\. It cost 9 pounds\. \[unsupported\] See/u,
    );
    expect(json.points[2]).toMatchObject({ supported: false, foreign: ["9"], section: "Two" });
  });

  it("is one line as jsonl", () => {
    expect(formatterFor(SUMMARY_FORMATS, "jsonl")(SUMMARY, PIPE).trimEnd()).not.toContain("\n");
  });

  it("names its command in a plan too", () => {
    const plan = JSON.parse(formatterFor(SUMMARY_PLAN_FORMATS, "json")(PLAN, PIPE));
    expect(plan).toMatchObject({ command: "summarize", dryRun: true });
  });
});

describe("what a summary is made of", () => {
  it("counts points, tenths, and what was marked or left out", () => {
    expect(pointPart(SUMMARY)).toBe(
      "4 points from 3 of 10 tenths of the text, 1 unsupported, 2 left out for length",
    );
    expect(pointPart({ ...SUMMARY, unsupported: 0, droppedUnsupported: 3, droppedForLength: 0 })).toBe(
      "4 points from 3 of 10 tenths of the text, 0 unsupported, 3 unsupported dropped",
    );
  });
});
