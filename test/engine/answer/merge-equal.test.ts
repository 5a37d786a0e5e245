import { expect, it } from "vitest";
import { mergeEqual } from "../../../src/engine/answer/merge-equal.ts";

const found = (text: string, confidence: number, start: number) => {
  return { text, confidence, sources: [{ chunk: start, quote: { start, end: start + 1 }, support: 0 }] };
};

it("joins answers that say the same, with all their sources, in the order of the best", () => {
  const merged = mergeEqual([
    found("42 days", 0.9, 1),
    found("30 days", 0.8, 2),
    found("The 42 days.", 0.7, 3),
    found("42 days from the notice", 0.6, 4),
  ]);
  expect(merged.map(({ text, confidence }) => [text, confidence])).toEqual([
    ["42 days", 0.9],
    ["30 days", 0.8],
  ]);
  expect(merged[0]?.sources.map(({ chunk }) => chunk)).toEqual([1, 3, 4]);
});

it("keeps answers apart that differ in a number or a word", () => {
  const texts = ["1.5 metres", "15 metres", "not allowed", "allowed only on a lead"];
  expect(mergeEqual(texts.map((text, i) => found(text, 1, i))).map(({ text }) => text)).toEqual(texts);
});
