import { expect, test } from "vitest";
import { isLabelNumber } from "../../../src/engine/answer/label-number.ts";

/** Whether an answer is a label of the passage that ends in some words. */
function label(answer: string, text: string, passage = text): boolean {
  const start = text.indexOf(passage);
  return isLabelNumber(answer, text, { start, end: start + passage.length });
}

test.each([
  ["9", "8. Notices.\n9. No Indebtedness; no recourse.", "9. No Indebtedness; no recourse."],
  ["(3)", "(3) The tenant pays.", undefined],
  ["10.3.1", "10.3.1 The persistence.conf file", undefined],
  ["750", "749\n\n15. Coding Style\n\n750\n\nLines are shifted in by blanks.", undefined],
])("%j is the label of %j", (answer, text, passage) => {
  expect(label(answer, text, passage)).toBe(true);
});

test.each([
  ["9", "The tenant has 9 days."],
  ["9", "9. The tenant has 9 days."],
  ["9 days", "9. Days are counted from 9 days on."],
  ["340", "Price\n340\nPounds"],
  ["1921", "1921 was a good year."],
  ["12", "Paragraph 12 holds."],
  ["4", "Rooms\n3\nBeds: 4"],
])("%j is not the label of %j", (answer, text) => {
  expect(label(answer, text)).toBe(false);
});
