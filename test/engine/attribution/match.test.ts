import { describe, expect, it } from "vitest";
import type { Document } from "../../../src/document/document.ts";
import { sentences } from "../../../src/document/sentences.ts";
import { attributions, matchWords } from "../../../src/engine/attribution/match.ts";

const FIRST = "The harbour was closed in March. ";
const SECOND = "Isobel Tarrant designed the tower in 1869. The tower is white.";
const TEXT = FIRST + SECOND;
const documents: Document[] = [
  { path: "a.txt", format: "text", title: undefined, text: TEXT, pages: [], sections: [], warnings: [] },
];
const chunks = [
  { document: 0, index: 0, start: 0, end: FIRST.length, tokens: new Uint32Array(8), heading: "" },
  { document: 0, index: 1, start: FIRST.length, end: TEXT.length, tokens: new Uint32Array(16), heading: "" },
];

function input(answer: string, question = "Who designed the tower?") {
  const spans = sentences(answer, { start: 0, end: answer.length });
  return { answer, spans, question, documents, chunks, chosen: [0, 1], idf: () => 1 };
}

function attribute(answer: string, support: number) {
  const asked = input(answer);
  return attributions(asked.spans, matchWords(asked, 3), () => support);
}

describe("an answer's sentence", () => {
  it("is attributed to the source sentence that shares its words", () => {
    const [found] = attribute("Isobel Tarrant designed it.", 4);
    expect(TEXT.slice(found?.quote.start, found?.quote.end)).toBe(
      "Isobel Tarrant designed the tower in 1869.",
    );
    expect(found).toMatchObject({ chunk: 1, support: 4 });
  });

  it("that is short goes to the source sentence that speaks of the question", () => {
    const [found] = attribute("1869.", 0);
    expect(TEXT.slice(found?.quote.start, found?.quote.end)).toContain("designed");
  });

  it("is weighed by likelihood between chunks that match alike", () => {
    const asked = input("Nobody knows.", "What now?");
    const [found] = attributions(asked.spans, matchWords(asked, 3), (chunk) => (chunk === 0 ? 9 : -9));
    expect(found?.chunk).toBe(0);
  });
});
