import { expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";

const sectionsOf = async (text: string) => {
  const document = await parseBytes(Buffer.from(text), "a.md");
  expect(document.text).toBe(text);
  return document.sections.map(({ title, level, start }) => [level, title, start]);
};

test("finds ATX headings with their offsets, and takes the first of level 1 as the title", async () => {
  const text = "## Early\n\n# One #\r\ntext\n###### Six ##\n#nospace\n####### seven\n#\n";
  expect(await sectionsOf(text)).toEqual([
    [2, "Early", 0],
    [1, "One", 10],
    [6, "Six", 24],
  ]);
  expect((await parseBytes(Buffer.from(text), "a.md")).title).toBe("One");
});

test("finds setext headings, of several lines too", async () => {
  expect(await sectionsOf("Title\n=====\n\nTwo\nlines\n---\n")).toEqual([
    [1, "Title", 0],
    [2, "Two lines", 13],
  ]);
});

test("does not take rules, tables and lists for headings", async () => {
  expect(await sectionsOf("- item\n---\n\n---\n\n| a |\n---\n\n> quote\n---\n")).toEqual([]);
});

test("leaves code alone until its own fence closes it", async () => {
  const text = "````sh\n# comment\n```\n# comment\n````\n# Real\n~~~\n# comment\n";
  expect(await sectionsOf(text)).toEqual([[1, "Real", text.indexOf("# Real")]]);
});

test("leaves code in a list's item alone until its fence or the item ends", async () => {
  const closed = "- ```sh\n  # comment\n  ```\n\n# Real\n\n1. -\t~~~\n\t# comment\n\t~~~\n\n# Next\n";
  expect(await sectionsOf(closed)).toEqual([
    [1, "Real", closed.indexOf("# Real")],
    [1, "Next", closed.indexOf("# Next")],
  ]);
  const open = "* ```sh\n  # comment\n\n  # comment\n# Real\n";
  expect(await sectionsOf(open)).toEqual([[1, "Real", open.indexOf("# Real")]]);
});

test("does not take code within a line for a fence", async () => {
  expect(await sectionsOf("```not a fence``` here\n\n# Real\n")).toEqual([[1, "Real", 24]]);
});

test("does not take the end of front matter for an underline", async () => {
  expect(await sectionsOf("---\ntitle: x\n---\n# Real\n")).toEqual([[1, "Real", 17]]);
});
