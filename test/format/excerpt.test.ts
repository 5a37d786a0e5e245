import { describe, expect, it } from "vitest";
import { conversationMarkdown } from "../../src/format/conversation.ts";
import { excerpt } from "../../src/format/excerpt.ts";
import { sourcesText } from "../../src/format/sources.ts";
import { ANSWER, CITATION } from "./samples.ts";

const PLAIN = { color: false, width: undefined };

function citationOf(text: string, quote: string) {
  const start = text.indexOf(quote);
  const line = text.slice(0, start).split("\n").length;
  return { path: "a.txt", page: null, pageLabel: null, line, start, end: start + quote.length, quote };
}

describe("an excerpt", () => {
  const text = Array.from({ length: 60 }, (_, i) => `line ${i + 1}`).join("\n");

  it("shows lines around the quote and marks its own", () => {
    const shown = excerpt({ text, pages: [] }, citationOf(text, "line 30\nline 31"), PLAIN).split("\n");
    expect(shown[0]).toBe("a.txt, line 30");
    expect(shown.filter((line) => line.startsWith("> "))).toEqual(["> line 30", "> line 31"]);
    expect([shown[2], shown.at(-2)]).toEqual(["  line 15", "  line 46"]);
  });

  it("ends where the text does", () => {
    const whole = "only\nthree\nlines";
    expect(excerpt({ text: whole, pages: [] }, citationOf(whole, "three"), PLAIN)).toBe(
      "a.txt, line 2\n\n  only\n> three\n  lines\n",
    );
  });

  it("shows the page where there are pages, wrapped, and nothing that a terminal obeys", () => {
    const paged = "first page\nsecond\u001b[2J page\nits end\n";
    const pages = [
      { number: 1, label: undefined, start: 0, end: 11, characters: 10 },
      { number: 2, label: "ii", start: 11, end: paged.length, characters: 17 },
    ];
    const citation = { ...citationOf(paged, "its end"), path: "a.pdf", page: 2, pageLabel: "ii" };
    expect(excerpt({ text: paged, pages }, citation, PLAIN)).toBe(
      "a.pdf p. ii (PDF page 2), line 3\n\n  second page\n> its end\n",
    );
  });
});

describe("sources", () => {
  it("are shown in full, with their own lines", () => {
    expect(sourcesText([CITATION], PLAIN)).toBe(
      "[1] report.pdf p. 12 (PDF page 28), line 40 (support 14.3 nats)\nThe board approved\n  the budget of 2023\n",
    );
  });
});

it("a conversation is Markdown: a heading a question, what was asked where it is another, nothing as markup", () => {
  const exchanges = [
    { typed: "Who approved the budget?", answer: ANSWER },
    { typed: "and *who* else?", answer: { ...ANSWER, question: "who else approved budget?" } },
  ];
  const text = conversationMarkdown(["a_b.pdf"], exchanges);
  expect(text).toMatch(
    /^# Conversation about a\\_b\.pdf\n\n## Who approved the budget\?\n\nThe board approved it\./u,
  );
  expect(text).toContain("## and \\*who\\* else?\n\nAsked as: who else approved budget?\n\nThe board");
  expect(text.match(/^1\. report/gmu)).toHaveLength(2);
});
