import { describe, expect, it } from "vitest";
import { type Links, linkedPlace, markdownPlace } from "../../src/format/links.ts";
import { answerMarkdown } from "../../src/format/markdown.ts";
import { answerText } from "../../src/format/text.ts";
import { ANSWER, CITATION } from "./samples.ts";

function links(kind: Links["kind"], target = "a.pdf#page=28"): Links {
  return { kind, to: () => target };
}

describe("places", () => {
  it("are links of a terminal", () => {
    const linked = "\u001b]8;;a.pdf#page=28\u001b\\report.pdf p. 12 (PDF page 28), line 40\u001b]8;;\u001b\\";
    expect(linkedPlace(CITATION, links("terminal"))).toBe(linked);
    expect(linkedPlace(CITATION, { kind: "terminal", to: () => undefined })).toBe(
      "report.pdf p. 12 (PDF page 28), line 40",
    );
    expect(answerText(ANSWER, { color: false, width: undefined, links: links("terminal") })).toContain(
      linked,
    );
    expect(answerText(ANSWER, { color: false, width: undefined })).not.toContain("\u001b");
  });

  it("stay links where their line is wrapped", () => {
    const text = answerText(ANSWER, { color: false, width: 30, links: links("terminal") });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    const visible = text.replaceAll(/\u001b\]8;;[^\u0007\u001b]*(?:\u0007|\u001b\\)/gu, "");
    expect(visible).toContain("page 28), line 40");
    for (const line of visible.split("\n")) expect(line.length).toBeLessThanOrEqual(30);
  });

  it("are links of Markdown, with nothing in them that ends the link", () => {
    const hostile = { ...CITATION, path: "a](http://e).pdf", page: null, pageLabel: null };
    expect(markdownPlace(hostile, links("markdown", "a.pdf"))).toBe("[a\\](http://e).pdf, line 40](a.pdf)");
    expect(answerMarkdown(ANSWER, { links: links("markdown") })).toContain(
      "1. [report.pdf p. 12 (PDF page 28), line 40](a.pdf#page=28):\n",
    );
  });

  it("are links of a vault, unless Obsidian could not follow them", () => {
    expect(markdownPlace(CITATION, links("obsidian"))).toBe(
      "[[a.pdf#page=28|report.pdf p. 12 (PDF page 28), line 40]]",
    );
    expect(markdownPlace(CITATION, links("obsidian", "a|b.pdf"))).toBe(
      "report.pdf p. 12 (PDF page 28), line 40",
    );
  });
});
