import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import type { Document } from "../src/document/document.ts";
import { parseFile } from "../src/document/parse.ts";

type Question = {
  readonly question: string;
  readonly answer: string | null;
  readonly page: number | null;
  readonly pageLabel: string | null;
};

const path = (name: string): string => fileURLToPath(new URL(`../examples/${name}`, import.meta.url));

let handbook: Document;
let questions: readonly Question[];

beforeAll(async () => {
  handbook = await parseFile(path("handbook.pdf"));
  questions = JSON.parse(await readFile(path("questions.json"), "utf8"));
});

it("the handbook has 40 pages and more, printed labels, and a page without text", () => {
  const { pages } = handbook;
  expect(pages.length).toBeGreaterThan(40);
  expect(pages[0]?.label).toBe("i");
  expect(pages.some(({ characters, blank }) => characters === 0 && blank !== true)).toBe(true);
});

it("each question's answer stands on the page that is named for it", () => {
  const answerable = questions.filter(({ answer }) => answer !== null);
  expect(answerable.length).toBeGreaterThan(20);
  for (const { question, answer, page, pageLabel } of answerable) {
    const found = handbook.pages.find(({ number }) => number === page);
    const text = handbook.text.slice(found?.start, found?.end).replaceAll(/\s+/gu, " ").toLowerCase();
    expect(text, question).toContain(answer?.toLowerCase());
    expect(found?.label, question).toBe(pageLabel);
  }
});
