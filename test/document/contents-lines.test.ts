import { expect, test } from "vitest";
import { isOfContents, isOfIndex } from "../../src/document/contents-lines.ts";

test.each([
  "4.2 Downloading files . . . . . . . . . . . 17",
  "Index.......................xii",
  "R\nread.csv. . . . 10, 32\nread.table. . . . . 7–10, 12,",
  "4 Obtaining media 17\n4.1 Images . . . . . . 17\n4.2 Mirrors . . . . . 18",
])("%j is of a table of contents", (text) => {
  expect(isOfContents(text)).toBe(true);
});

test.each([
  "He waited . . . and waited.",
  "The total is 95.",
  "Q",
  "See chapter 4 ..... 17\nIt tells how to begin.\nNothing else does.",
  "",
])("%j is not", (text) => {
  expect(isOfContents(text)).toBe(false);
});

const INDEX = [
  "lambda expression, 346",
  "lambda: access variables, 348",
  "last_write_time, 95",
  "late binding, 439, 441, 877",
  "launch, 720",
  "left hand side, 41",
  "Lewis, P.A.W., 566",
  "linear search, 340–341",
];

test("an index without dots is told by its pages and the order of its entries", () => {
  expect(isOfIndex(INDEX.join("\n"))).toBe(true);
  expect(isOfIndex(["4.2 Disk space . . . . . . 95", "4.3 Memory . . . . . . 96"].join("\n"))).toBe(true);
});

test.each([
  ["numbers of something else", INDEX.map((entry) => `${entry.split(",")[0]}, 12`)],
  ["in another order", INDEX.toReversed()],
  ["a few entries", INDEX.slice(0, 5)],
  ["entries among text", INDEX.flatMap((entry) => [entry, "It says more.", "And more."])],
])("what has %s is none", (_, lines) => {
  expect(isOfIndex(lines.join("\n"))).toBe(false);
});
