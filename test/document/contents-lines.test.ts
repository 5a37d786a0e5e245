import { expect, test } from "vitest";
import { isOfContents } from "../../src/document/contents-lines.ts";

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
