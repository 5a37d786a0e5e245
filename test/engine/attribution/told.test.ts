import { expect, test } from "vitest";
import { sourceTold } from "../../../src/engine/attribution/told.ts";

const source = (start: number) => ({ chunk: 0, quote: { start, end: start + 1 }, support: 0 });
const told = [
  { text: "the 15 April", source: source(1) },
  { text: "1,450 crowns", source: source(2) },
  { text: "Yes", source: source(3) },
];

test.each([
  ["Half is due before 15 April.", 1],
  ["The fee is 1,450 crowns, half of it due on 15 April.", 1],
  ["It costs 1,450 crowns.", 2],
  ["Yes, it does.", 3],
])("%j has the passage of the first short answer that it says", (sentence, start) => {
  expect(sourceTold(sentence, told, "eng")).toEqual(source(start));
});

test.each(["It costs 450 crowns.", "On 1 April.", "He said yes.", ""])("%j has none", (sentence) => {
  expect(sourceTold(sentence, told, "eng")).toBeUndefined();
});

test("an answer in a script without spaces has the passage of what it says within its words", () => {
  const names = [
    { text: "山田太郎", source: source(1) },
    { text: "田中太郎", source: source(2) },
  ];
  expect(sourceTold("契約者は田中太郎です。", names, "jpn")).toEqual(source(2));
});

test.each([
  ["The lease was not renewed in 2019.", "renewed in 2019"],
  ["At night it has -5 °C.", "5 °C"],
  ["They use C++.", "C"],
  ["It costs 5 million.", "5"],
  ["No later than 5 May.", "No"],
])("%j has not the passage of %j, which is something else", (sentence, text) => {
  expect(sourceTold(sentence, [{ text, source: source(1) }], "eng")).toBeUndefined();
});

test.each([
  ["The fee, which is not paid back, is 1,450 crowns.", "1,450 crowns"],
  ["The lease was not renewed in 2019.", "not renewed"],
  ["It costs $50.", "$50"],
  ["No, it does not.", "No"],
])("%j has the passage of %j", (sentence, text) => {
  expect(sourceTold(sentence, [{ text, source: source(1) }], "eng")).toEqual(source(1));
});
