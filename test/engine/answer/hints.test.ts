import { expect, it } from "vitest";
import type { Document } from "../../../src/document/document.ts";
import { hintsOf } from "../../../src/engine/answer/hints.ts";
import { loadPrompts } from "../../../src/prompt/template.ts";
import { tokenize } from "../../helpers/fake-tokenizer.ts";

const TEXT = "The tower is\nwhite. The gate is shut at ten.";
const documents: Document[] = [
  { path: "a.txt", format: "text", title: undefined, text: TEXT, pages: [], sections: [], warnings: [] },
];
const chunks = [
  { document: 0, index: 0, start: 0, end: TEXT.length, tokens: new Uint32Array(12), heading: "" },
];
const found = [
  {
    text: "ten",
    confidence: 0.9,
    sources: [{ chunk: 0, quote: { start: 20, end: TEXT.length }, support: 3 }],
  },
  { text: "white", confidence: 0.2, sources: [{ chunk: 0, quote: { start: 0, end: 19 }, support: 1 }] },
];

async function hints(roomTokens: number, some = found): Promise<string> {
  const prompts = await loadPrompts(undefined);
  return hintsOf({ found: some, documents, chunks, prompts, roomTokens }, { tokenize });
}

it("tells the writer each passage on a line, with what the reader takes from it", async () => {
  const lines = (await hints(1000)).split("\n");
  expect(lines.slice(1)).toEqual(['- "The gate is shut at ten." (ten?)', '- "The tower is white." (white?)']);
});

it("leaves the last out where there is no room, and is nothing where none fits or nothing was found", async () => {
  const all = tokenize(await hints(1000)).length;
  expect((await hints(all - 1)).split("\n").slice(1)).toEqual(['- "The gate is shut at ten." (ten?)']);
  expect(await hints(3)).toBe("");
  expect(await hints(1000, [])).toBe("");
});
