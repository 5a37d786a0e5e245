import { describe, expect, it } from "vitest";
import type { Document } from "../../../src/document/document.ts";
import type { FocusMargins } from "../../../src/engine/summary/focus.ts";
import { judgedSalience } from "../../../src/engine/summary/judged-salience.ts";
import { wordingOf } from "../../../src/engine/summary/wording.ts";

const TEXT = "The keeper of the lamp was Anders Moe. The wind came from the west.";
const DOCUMENT: Document = {
  path: "a.txt",
  format: "text",
  title: undefined,
  text: TEXT,
  pages: [],
  sections: [],
  warnings: [],
};
const FIRST = TEXT.indexOf(".") + 1;
const SENTENCES = [
  { start: 0, end: FIRST },
  { start: FIRST + 1, end: TEXT.length },
].map((span, chunk) => {
  return { ...span, document: 0, chunk, wording: wordingOf(TEXT.slice(span.start, span.end), "eng") };
});
/** Two sentences of which nothing speaks for either. */
const NOTHING: FocusMargins = {
  similarity: () => 0,
  marginOf: () => -4,
  marginOfChunk: () => -4,
  best: -4,
  isCondensed: () => true,
};

function salience(changed: Partial<FocusMargins>, weights: ReadonlyMap<string, number> = new Map()) {
  const judged = { ...NOTHING, ...changed };
  const own = new Float64Array(2);
  const [first = 0, second = 0] = judgedSalience(SENTENCES, own, { documents: [DOCUMENT], weights, judged });
  return first - second;
}

describe("judgedSalience", () => {
  it("follows what speaks for a sentence: margins, words and meaning", () => {
    expect(salience({})).toBe(0);
    expect(salience({ marginOf: (chunk) => -chunk })).toBe(1);
    expect(salience({ marginOfChunk: (chunk) => -chunk })).toBeGreaterThan(0);
    expect(salience({ similarity: (text) => (text.includes("lamp") ? 1 : 0) })).toBeGreaterThan(0);
    expect(salience({}, new Map([["keeper", 1]]))).toBeGreaterThan(0);
  });

  it("asks nothing about what sentences mean in chunks that were not looked at", () => {
    const asked: string[] = [];
    const similarity = (text: string): number => asked.push(text);
    salience({ similarity, isCondensed: (chunk) => chunk === 1 });
    expect(asked).toEqual(["The wind came from the west."]);
  });
});
