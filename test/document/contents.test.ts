import { expect, test } from "vitest";
import * as contents from "../../src/document/contents.ts";

const isOfContents = (text: string) => contents.isOfContents(...whole(text));
const isOfIndex = (text: string) => contents.isOfIndex(...whole(text));

function whole(text: string) {
  return [
    { text, sections: [] },
    { start: 0, end: text.length },
  ] as const;
}

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

const COUNTRIES = "Albania Austria Belgium Chile Denmark Egypt Finland Greece Hungary Iceland".split(" ");

test.each([
  ["a medal table", COUNTRIES.map((country, i) => `${country}, ${i % 3}, ${(i * 7) % 5}, ${i % 4}`)],
  ["a medal table without gold", COUNTRIES.map((country) => `${country}, 0, 0, 2`)],
  ["a list of years", COUNTRIES.map((name, i) => `${name}, Ole, ${1980 + i}, ${1984 + i}`)],
  ["a price list", COUNTRIES.map((bolt, i) => `${bolt} bolt M6, ${40 - 3 * i}, ${12 + i}`)],
])("%s in the order of the alphabet is no index", (_, lines) => {
  expect(isOfIndex(lines.join("\n"))).toBe(false);
});

test("an index whose entries have a page or a range each is one", () => {
  const entries = COUNTRIES.map((country, i) => `${country}, ${(i * 37) % 90}${i % 4 === 0 ? "–99" : ""}`);
  expect(isOfIndex(entries.join("\n"))).toBe(true);
  expect(isOfIndex(entries.map((entry, i) => (i % 5 === 0 ? `${entry}, 340, 340` : entry)).join("\n"))).toBe(
    false,
  );
});

test.each([
  ["numbers of something else", INDEX.map((entry) => `${entry.split(",")[0]}, 12`)],
  ["in another order", INDEX.toReversed()],
  ["a few entries", INDEX.slice(0, 5)],
  ["entries among text", INDEX.flatMap((entry) => [entry, "It says more.", "And more."])],
])("what has %s is none", (_, lines) => {
  expect(isOfIndex(lines.join("\n"))).toBe(false);
});
