import { describe, expect, it } from "vitest";
import { candidateReceipt } from "../../src/format/candidates.ts";
import { answerMarkdown } from "../../src/format/markdown.ts";
import { answerText } from "../../src/format/text.ts";
import { marked } from "../../src/format/unsupported.ts";
import { ANSWER } from "./samples.ts";

const INFO = {
  adapter: { name: "smollm2-135m.candidates", path: "a.gguf", sha256: "00" },
  chunks: 1102,
  perChunk: 8,
  reusedChunks: 0,
  refreshes: 0,
};

describe("candidateReceipt", () => {
  it("says how many candidates of how many chunks, and whose", () => {
    expect(candidateReceipt(INFO)).toBe(
      "answered from 8 candidate tokens of each of 1,102 chunks (adapter smollm2-135m.candidates)",
    );
  });

  it("says what came from the store and what was computed anew", () => {
    expect(candidateReceipt({ ...INFO, chunks: 1, perChunk: 1, reusedChunks: 1, refreshes: 3 })).toBe(
      "answered from 1 candidate token of each of 1 chunk (adapter smollm2-135m.candidates; 1 from the store; computed anew 3 times)",
    );
  });
});

describe("a sentence that no passage bears out", () => {
  const answer = {
    ...ANSWER,
    answer: "The board approved it. It rained. Nobody came.",
    unsupported: [
      { start: 23, end: 34 },
      { start: 34, end: 46 },
    ],
  };

  it("is marked, each at its own end", () => {
    expect(marked(answer)).toBe("The board approved it. It rained. [unsupported] Nobody came. [unsupported]");
  });

  it("is marked in what people read", () => {
    expect(answerText(answer, { color: false, width: 200 })).toContain("It rained. [unsupported] Nobody");
    expect(answerMarkdown(answer)).toContain("It rained. [unsupported] Nobody");
  });
});
