import { createHash } from "node:crypto";
import { parseDocument } from "htmlparser2";
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/document/evidence/evidence.ts";
import type { Answer } from "../../src/engine/results.ts";
import type { LastingSummary } from "../../src/engine/summary/summary.ts";
import { answerHtml, placesHtml, summaryHtml } from "../../src/format/html/results.ts";
import { ABSENT, ANSWER, CITATION, SHORT } from "./samples.ts";

const PLAIN = { color: false, width: undefined };

const EVIDENCE: Evidence = {
  pictures: [
    {
      path: "report.pdf",
      page: 28,
      width: 100,
      height: 200,
      png: Buffer.from("picture"),
      marks: [
        { id: 1, found: "whole", boxes: [{ x: 10, y: 20, width: 30, height: 9 }] },
        { id: 2, found: "part", boxes: [{ x: 10, y: 40, width: 30, height: 9 }] },
      ],
    },
  ],
  excerpts: [{ id: 2, before: "Before. ", quote: "The mayor approved it", after: " After." }],
  notes: ["page 30 of report.pdf could not be drawn"],
};

type Element = { readonly name: string; readonly attribs: Readonly<Record<string, string>> };

/** All elements of a page, as a parser of HTML sees them. */
function elements(html: string): Element[] {
  const found: Element[] = [];
  const walk = (nodes: readonly unknown[]): void => {
    for (const node of nodes as { name?: string; attribs?: Record<string, string>; children?: unknown[] }[]) {
      if (node.name !== undefined) found.push({ name: node.name, attribs: node.attribs ?? {} });
      walk(node.children ?? []);
    }
  };
  walk(parseDocument(html).children);
  return found;
}

const HOSTILE = `<script>alert(1)</script><img src=x onerror=alert(1)>"'</title></style>&amp;\u202e\u001b[2J`;

describe("an HTML file", () => {
  it("draws a page once, with its marks, and leads to it from other sources", () => {
    const html = answerHtml(SHORT, { ...PLAIN, evidence: EVIDENCE });
    expect(html.match(/<img /gu)).toHaveLength(1);
    expect(html).toContain(`src="data:image/png;base64,${Buffer.from("picture").toString("base64")}"`);
    expect(html).toContain('<rect class="of-1" x="10" y="20" width="30" height="9" rx="2"/>');
    expect(html).toContain('Marked on <a href="#page-1">page 28, above</a>.');
    expect(html).toContain("Only a part of the quote was found among the characters of page 28");
    expect(html).toContain("Before. <mark>The mayor approved it</mark> After.");
    expect(html).toContain("Page 30 of report.pdf could not be drawn.");
  });

  it("tells question, answer, verdict and confidence", () => {
    const html = answerHtml(ANSWER, PLAIN);
    expect(html).toContain('<h1 dir="auto">Who approved the budget?</h1>');
    expect(html).toContain("Answered (confidence: 87 %).");
    expect(html).toContain("The board approved it.");
    expect(answerHtml(ABSENT, PLAIN)).toContain("Not in the document. Confidence that it is there: 2 %.");
    expect(answerHtml({ ...ANSWER, verdict: "uncertain", confidence: 0.4 }, PLAIN)).toContain(
      "Uncertain (40 %)",
    );
  });

  it("loads nothing and runs nothing: its policy allows its own style and pictures alone", () => {
    const html = answerHtml(SHORT, { ...PLAIN, evidence: EVIDENCE });
    const style = /<style>([\s\S]*?)<\/style>/u.exec(html)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(html)?.[1];
    expect(policy).toBe(
      `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    for (const { name, attribs } of elements(html)) {
      expect(["script", "link", "iframe", "object", "form"]).not.toContain(name);
      expect(Object.keys(attribs).filter((key) => key.startsWith("on") || key === "style")).toEqual([]);
      expect(new Map(Object.entries(attribs)).get("src") ?? "data:").toMatch(/^data:/u);
    }
  });

  it("shows what documents, models and people wrote, and makes no markup of it", () => {
    const citation = { ...CITATION, path: HOSTILE, pageLabel: HOSTILE, quote: HOSTILE };
    const excerpts = [{ id: 1, before: HOSTILE, quote: HOSTILE, after: HOSTILE }];
    const evidence = { pictures: [], excerpts, notes: [HOSTILE] };
    const hostile: Answer = { ...ANSWER, question: HOSTILE, answer: HOSTILE, citations: [citation] };
    const links = { kind: "markdown" as const, to: () => HOSTILE };
    const html = answerHtml(hostile, { ...PLAIN, evidence, links });
    const harmless = answerHtml(
      { ...ANSWER, citations: [{ ...CITATION, path: "x" }] },
      {
        ...PLAIN,
        evidence: { pictures: [], excerpts: [{ id: 1, before: "b", quote: "q", after: "a" }], notes: ["n"] },
        links: { kind: "markdown", to: () => "x" },
      },
    );
    expect(elements(html).map(({ name }) => name)).toEqual(elements(harmless).map(({ name }) => name));
    expect(html).toContain("&#60;script&#62;alert(1)");
    expect(html).not.toContain("\u202e");
    expect(html).not.toContain("\u001b");
  });

  it("lists places and points of summaries with their sources", () => {
    const { coverage, models, settings } = ANSWER;
    const found = placesHtml(
      {
        question: "Who?",
        places: [CITATION],
        uncertain: [{ ...CITATION, id: 2, quote: "It may be." }],
        unsureChunks: 0,
        coverage,
        models,
        settings,
        tokens: { computed: { read: 0, condense: 0 }, reused: 0 },
        timings: { loadMs: 0, findMs: 0, totalMs: 0 },
      },
      { ...PLAIN, evidence: EVIDENCE },
    );
    expect(found).toContain("1 place in 25 chunks; 1 less sure");
    expect(found.indexOf("<h2>Less sure</h2>")).toBeLessThan(found.indexOf("It may be."));
    expect(found.indexOf("<h2>Less sure</h2>")).toBeGreaterThan(found.indexOf(CITATION.quote));
    expect(found.match(/<img /gu)).toHaveLength(1);
    const point = {
      text: "It was approved.",
      original: null,
      section: "Money",
      foreign: [],
      citation: CITATION,
    };
    const made = (layout: LastingSummary["layout"]): LastingSummary => ({
      documents: [{ path: "report.pdf", title: "<b>Report</b>" }],
      focus: null,
      verdict: null,
      confidence: null,
      language: null,
      pointStyle: "write",
      depth: "quick",
      layout,
      points: [
        { ...point, supported: true },
        { ...point, text: "Pigs fly.", supported: false, citation: null },
      ],
      notes: [],
      words: 5,
      unsupported: 1,
      droppedUnsupported: 0,
      droppedForLength: 0,
      tenths: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      coverage,
      models,
      settings,
    });
    const unsure = { ...made("bullets"), focus: "<rent>", verdict: "uncertain", confidence: 0.34 } as const;
    const doubt =
      'class="uncertain" dir="auto">Uncertain (34 %): the document may not speak of "&#60;rent&#62;"';
    expect(summaryHtml(unsure, PLAIN).replaceAll("&#34;", '"')).toContain(doubt);
    const summary = summaryHtml(made("outline"), PLAIN);
    expect(summary).toContain("&#60;b&#62;Report");
    expect(summary).toContain('It was approved. <a href="#source-1">[1]</a>');
    expect(summary).toContain("Pigs fly. [unsupported]");
    expect(summary.match(/<h2 dir="auto">Money<\/h2>/gu)).toHaveLength(1);
    const tags = (html: string, name: string) => elements(html).filter((one) => one.name === name).length;
    const counts = (["outline", "bullets", "paragraph"] as const).map((layout) => {
      const html = summaryHtml(made(layout), PLAIN);
      return [html.includes("Money</h2>"), tags(html, "ul"), tags(html, "li")];
    });
    expect(counts).toEqual([
      [true, 1, 2],
      [false, 1, 2],
      [false, 0, 0],
    ]);
  });
});
