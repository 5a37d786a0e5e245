import { expect, it } from "vitest";
import { mergeEqual } from "../../../src/engine/answer/merge-equal.ts";

const found = (text: string, confidence: number, start: number) => {
  return { text, confidence, sources: [{ chunk: start, quote: { start, end: start + 1 }, support: 0 }] };
};

function textsOf(texts: readonly string[], language: string): string[] {
  const answers = texts.map((text, i) => found(text, 1, i));
  return mergeEqual(answers, language).map(({ text }) => text);
}

it("joins answers that say the same, with all their sources, in the order of the best", () => {
  const answers = [
    found("42 days", 0.9, 1),
    found("30 days", 0.8, 2),
    found("The 42 days.", 0.7, 3),
    found("42 days from the notice", 0.6, 4),
  ];
  const merged = mergeEqual(answers, "eng");
  expect(merged.map(({ text, confidence }) => [text, confidence])).toEqual([
    ["42 days", 0.9],
    ["30 days", 0.8],
  ]);
  expect(merged[0]?.sources.map(({ chunk }) => chunk)).toEqual([1, 3, 4]);
});

it("keeps answers apart that differ in a number or a word", () => {
  const texts = ["1.5 metres", "15 metres", "not allowed", "allowed only on a lead"];
  expect(textsOf(texts, "eng")).toEqual(texts);
});

it.each([
  ["eng", ["not required", "required"]],
  ["eng", ["required", "isn't required"]],
  ["eng", ["C++", "C#", "C"]],
  ["eng", ["$50", "€50", "50 pounds"]],
  ["eng", ["-5 °C", "5 °C"]],
  ["eng", ["\u22125 °C", "5 °C"]],
  ["eng", ["No", "no later than 5 May"]],
  ["eng", ["5", "5 million"]],
  ["eng", ["5 May", "not before 5 May"]],
  ["eng", ["5", "5-10"]],
  ["eng", ["5 %", "5 days"]],
  ["eng", ["AA+", "AA-", "AA"]],
  ["deu", ["erlaubt", "nicht erlaubt"]],
  ["fra", ["avec l'accord du bailleur", "pas avec l'accord du bailleur, ni sans"]],
  ["cmn", ["允许", "不允许"]],
])("keeps answers apart that contradict each other, in %s: %j", (language, texts) => {
  expect(textsOf(texts, language)).toEqual(texts);
  expect(textsOf(texts.toReversed(), language)).toEqual(texts.toReversed());
});

it.each([
  [["A", "A"]],
  [["The A", "a"]],
  [["not required", "It is not required."]],
  [["-5 °C", "\u22125 °C at night"]],
  [["€50", "50 €"]],
  [["C++", "C++ and Ada"]],
  [["No", "No."]],
  [["?", "?"]],
])("joins %j", (texts) => {
  expect(textsOf(texts, "eng")).toEqual(texts.slice(0, 1));
});
