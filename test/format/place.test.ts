import { expect, test } from "vitest";

import { place } from "../../src/format/place.ts";

test.each([
  ["12", "a p. 12, line 3"],
  ["xii", "a p. xii (PDF page 12), line 3"],
  [null, "a p. 12, line 3"],
  ["sheet Fees 2024", "a sheet Fees 2024, line 3"],
  ["slide 12", "a slide 12, line 3"],
  ["message 12", "a message 12, line 3"],
  ["at 0:11:02", "a at 0:11:02, line 3"],
])("a page labelled %j", (pageLabel, shown) => {
  const citation = { id: 1, path: "a", page: 12, pageLabel, line: 3, start: 0, end: 1, quote: "x" };
  expect(place(citation)).toBe(shown);
});
