import { expect, it } from "vitest";
import type { Chunk } from "../../../src/document/chunk.ts";
import { parseBytes } from "../../../src/document/parse.ts";
import { isUnsaid } from "../../../src/engine/answer/unsaid.ts";

const TEXT =
  "Venue | Year\nLitigation may only be brought where the defendant has its place of business. " +
  "The study was done with adults of the German population. The term is thirty (30) days. Boats may stay 12 nights.";

/** Whether an answer is unsaid by the sentence that has some words, in a chunk that is the whole text. */
async function unsaid(answer: string, words: string): Promise<boolean> {
  const document = await parseBytes(Buffer.from(TEXT), "terms.txt");
  const at = TEXT.indexOf(words);
  const quote = { start: at, end: TEXT.indexOf(".", at) + 1 };
  const chunk: Chunk = {
    document: 0,
    index: 0,
    start: 0,
    end: TEXT.length,
    tokens: new Uint32Array(1),
    heading: "",
  };
  return isUnsaid(answer, { chunk: 0, quote }, { documents: [document], chunks: [chunk] });
}

it.each([
  ["United States", "Litigation may"],
  ["in no event, the program will be enforced", "Litigation may"],
  ["14 nights", "The term is"],
  ["1790", "The study"],
])("%s is not said by a passage without these words: %s", async (answer, words) => {
  expect(await unsaid(answer, words)).toBe(true);
});

it.each([
  ["Yes", "Litigation may"],
  ["nein", "Litigation may"],
  ["Germany", "The study"],
  ["adults of the German population", "The study"],
  ["the defendant's place of business …", "Litigation may"],
  ["thirty (30) days", "The term is"],
  ["30 days", "The term is"],
  // What stands before the passage in its chunk was read with it, such as a table's header.
  ["Venue", "The term is"],
  ["12", "Boats may"],
])("%s is said: %s", async (answer, words) => {
  expect(await unsaid(answer, words)).toBe(false);
});
