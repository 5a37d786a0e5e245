import { describe, expect, it } from "vitest";
import type { Coverage } from "../../src/engine/results.ts";
import { answerRest, answerText } from "../../src/format/text.ts";
import { ABSENT, ANSWER, CITATION, SHORT } from "./samples.ts";

const PIPE = { color: false, width: undefined };

describe("an answer as text", () => {
  it("is the answer, then its sources with page, line and quote", () => {
    expect(answerText(ANSWER, PIPE)).toBe(
      "The board approved it.\n\nSources\n" +
        "[1] report.pdf p. 12 (PDF page 28), line 40: “The board approved the budget of 2023”\n",
    );
  });

  it.each([
    [{ page: 28, pageLabel: "28" }, "report.pdf p. 28, line 40"],
    [{ page: 28, pageLabel: null }, "report.pdf p. 28, line 40"],
    [{ page: 12, pageLabel: "xii" }, "report.pdf p. xii (PDF page 12), line 40"],
    [{ page: null, pageLabel: null }, "report.pdf, line 40"],
    [{ page: null, pageLabel: null, path: "-" }, "standard input, line 40"],
  ])("names the place %j as %s", (fields, place) => {
    const answer = { ...ANSWER, citations: [{ ...CITATION, ...fields }] };
    expect(answerText(answer, PIPE)).toContain(`[1] ${place}: “`);
  });

  it("is the quotes with their places when the document speaks for itself", () => {
    expect(answerText({ ...ANSWER, style: "quote" }, PIPE)).toBe(
      "“The board approved the budget of 2023”\n    report.pdf p. 12 (PDF page 28), line 40\n",
    );
  });

  it("is short answers, each with its passages, and how sure they are where they differ", () => {
    expect(answerText(SHORT, PIPE)).toBe(
      "the board (87 %)\n“The board approved the budget of 2023”\n    report.pdf p. 12 (PDF page 28), line 40\n\n" +
        "the mayor (55 %)\n“The mayor approved it”\n    report.pdf p. 12 (PDF page 28), line 52\n",
    );
  });

  it("is shown when it is uncertain, and said to be", () => {
    const text = answerText({ ...ANSWER, verdict: "uncertain", confidence: 0.344 }, PIPE);
    expect(text).toMatch(
      /^Uncertain \(34 %\): the document may not say it\.\n\nThe board approved it\.\n\nSources\n/u,
    );
  });

  it("is the answer alone when nothing is cited", () => {
    expect(answerText({ ...ANSWER, citations: [] }, PIPE)).toBe("The board approved it.\n");
  });

  it("says that it is not in the document, what the writer said, what was searched, and the nearest passage", () => {
    expect(answerText(ABSENT, PIPE)).toBe(
      "Not in the document.\n" +
        "I do not know.\n" +
        "Searched 44/44 pages, 12,345 tokens, 25 chunks; 25 of these read under the question (5 from the store).\n\n" +
        "Nearest passage\n" +
        "[1] report.pdf p. 12 (PDF page 28), line 40: “The board approved the budget of 2023”\n",
    );
  });

  it("speaks of documents when there are several, and of no passage when there is none", () => {
    const coverage = { ...ABSENT.coverage, documents: 3 };
    const text = answerText({ ...ABSENT, citations: [], coverage }, PIPE);
    expect(text).toBe(
      "Not in the documents.\n" +
        "I do not know.\n" +
        "Searched 3 documents, 44/44 pages, 12,345 tokens, 25 chunks; 25 of these read under the question (5 from the store).\n",
    );
  });

  it("speaks of the pages that could be read, or that were asked for, where these are not all", () => {
    const { pages } = ABSENT.coverage;
    const head = (coverage: Partial<Coverage>): string | undefined =>
      answerText({ ...ABSENT, coverage: { ...ABSENT.coverage, ...coverage } }, PIPE).split("\n")[0];
    const unreadable = [{ path: "report.pdf", page: 3 }];
    expect(head({ pages: { ...pages, unreadable } })).toBe("Not in the pages that could be read.");
    expect(head({ pages: { ...pages, unreadable }, documents: 2 })).toBe(
      "Not in what could be read of the documents.",
    );
    expect(head({ pages: { ...pages, leftOut: 30 } })).toBe("Not in the pages that were asked for.");
    const unsure = answerText(
      { ...ANSWER, verdict: "uncertain", coverage: { ...ANSWER.coverage, pages: { ...pages, unreadable } } },
      PIPE,
    );
    expect(unsure).toMatch(/^Uncertain \(\d+ %\): the pages that could be read may not say it\.\n/u);
  });

  it("wraps at the width, each line by itself, sources with an indent", () => {
    const answer = { ...ANSWER, answer: "One two three four five six.\n\n- seven eight nine ten eleven" };
    expect(answerText(answer, { color: false, width: 24 })).toBe(
      "One two three four five\nsix.\n\n- seven eight nine ten\neleven\n\nSources\n" +
        "[1] report.pdf p. 12\n    (PDF page 28), line\n    40: “The board\n    approved the budget\n    of 2023”\n",
    );
  });

  it("leaves lines as they are without a width", () => {
    const long = "word ".repeat(100).trim();
    expect(answerText({ ...ANSWER, answer: long, citations: [] }, PIPE)).toBe(`${long}\n`);
  });

  it("wraps a line of 100,000 characters in no time", () => {
    const startMs = performance.now();
    answerText({ ...ANSWER, answer: "x".repeat(100_000) }, { color: true, width: 80 });
    expect(performance.now() - startMs).toBeLessThan(2000);
  });

  it("has colours where they are wanted, and only its own", () => {
    const text = answerText(ANSWER, { color: true, width: 80 });
    expect(text).toContain("\u001b[1mSources\u001b[22m");
    expect(text).toContain("\u001b[36m[1]\u001b[39m");
  });

  it("strips what a document or a model would have the terminal do", () => {
    const evil =
      "\u001b]8;;http://example.org\u0007link\u001b]8;;\u0007\u001b[2J\u009b31m\rred\u0000\u202e\u0008";
    const citation = { ...CITATION, path: `${evil}.pdf`, pageLabel: evil, quote: evil };
    const text = answerText({ ...ANSWER, answer: evil, citations: [citation] }, PIPE);
    expect(text).toBe(
      "linkred\n\nSources\n[1] link red.pdf p. link red (PDF page 28), line 40: “link red”\n",
    );
  });
});

it("an absent answer says when only the likeliest chunks were looked at", () => {
  const coverage = { ...ABSENT.coverage, chunks: { ...ABSENT.coverage.chunks, condensed: 64, total: 1487 } };
  expect(answerText({ ...ABSENT, coverage }, PIPE)).toMatch(
    /^Not found in the 64 likeliest of 1,487 chunks; --thorough looks at all\.\n/u,
  );
});

describe("what stands behind an answer that was streamed", () => {
  it("are its sources, and how sure it is", () => {
    expect(answerRest(ANSWER, PIPE)).toMatch(/^\nSources\n\[1\] report\.pdf/u);
    expect(answerRest({ ...ANSWER, verdict: "uncertain" }, PIPE)).toMatch(
      /^\nUncertain \(87 %\).*\n\nSources/u,
    );
    expect(answerRest({ ...ANSWER, citations: [] }, PIPE)).toBe("");
  });

  it("is that it is absent, or all of it again with its marks", () => {
    expect(answerRest(ABSENT, PIPE)).toMatch(/^\nNot in the document\./u);
    const unsupported = [{ start: 0, end: ANSWER.answer.length }];
    expect(answerRest({ ...ANSWER, unsupported }, PIPE)).toContain("The board approved it. [unsupported]");
  });
});
