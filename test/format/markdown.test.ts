import { describe, expect, it } from "vitest";
import { answerMarkdown } from "../../src/format/markdown.ts";
import { ABSENT, ANSWER, CITATION } from "./samples.ts";

describe("an answer as Markdown", () => {
  it("is the answer, then a numbered list of places and quotes", () => {
    expect(answerMarkdown(ANSWER)).toBe(
      "The board approved it.\n\n**Sources**\n\n" +
        "1. report.pdf p. 12 (PDF page 28), line 40:\n   > The board approved the budget of 2023\n",
    );
  });

  it("is the list alone when the document speaks for itself", () => {
    expect(answerMarkdown({ ...ANSWER, style: "quote" })).toBe(
      "1. report.pdf p. 12 (PDF page 28), line 40:\n   > The board approved the budget of 2023\n",
    );
  });

  it("says that it is not in the document", () => {
    expect(answerMarkdown(ABSENT)).toBe(
      "**Not in the document.** searched 44/44 pages, 12,345 tokens, 25 chunks; 25 of these read under the question (5 from the store).\n\n" +
        "**Nearest passage**\n\n" +
        "1. report.pdf p. 12 (PDF page 28), line 40:\n   > The board approved the budget of 2023\n",
    );
  });

  it("shows a document's markup as it is instead of obeying it", () => {
    const citation = { ...CITATION, path: "a_b_.md", quote: "![x](http://example.org/x.png) <b>*bold*</b>" };
    expect(answerMarkdown({ ...ANSWER, citations: [citation] })).toContain(
      "1. a\\_b\\_.md p. 12 (PDF page 28), line 40:\n" +
        "   > !\\[x\\](http://example.org/x.png) \\<b\\>\\*bold\\*\\</b\\>\n",
    );
  });

  it("keeps the answer's own markup, but neither pictures nor HTML", () => {
    const answer = "**Yes**, 3 < 4: ![x](http://example.org) <img src=x> <!-- -->";
    expect(answerMarkdown({ ...ANSWER, answer, citations: [] })).toBe(
      "**Yes**, 3 < 4: \\![x](http://example.org) \\<img src=x> \\<!-- -->\n",
    );
  });
});
