import { describe, expect, test } from "vitest";
import { toPageRanges } from "../../src/config/page-ranges.ts";
import type { Document } from "../../src/document/document.ts";
import { selectPages } from "../../src/document/page-selection.ts";
import { parseBytes } from "../../src/document/parse.ts";
import { makePdf } from "../helpers/make-pdf.ts";

/** Pages "one.\n", "two.\n", …; a chapter from page 1 with a part on page 2, and another chapter from page 4. */
function book(): Document {
  const lines = ["one.\n", "two.\n", "three.\n", "four.\n", "five.\n"];
  let start = 0;
  const pages = lines.map((line, i) => {
    const page = {
      number: i + 1,
      label: undefined,
      start,
      end: start + line.length,
      characters: line.length - 1,
    };
    start = page.end;
    return page;
  });
  const sections = [
    { title: "First", level: 1, start: 0 },
    { title: "Part", level: 2, start: 5 },
    { title: "Second", level: 1, start: 17 },
  ];
  return {
    path: "book.pdf",
    format: "pdf",
    title: "Book",
    text: lines.join(""),
    pages,
    sections,
    warnings: [],
  };
}

const select = (pages: string): Document => selectPages(book(), toPageRanges(pages) ?? []);

const texts = ({ text, pages }: Document): [number, string][] =>
  pages.map(({ number, start, end }) => [number, text.slice(start, end)]);

describe("page ranges", () => {
  test.each([
    [
      "3-10,15",
      [
        { first: 3, last: 10 },
        { first: 15, last: 15 },
      ],
    ],
    [
      " 2 , 4 - 5 ",
      [
        { first: 2, last: 2 },
        { first: 4, last: 5 },
      ],
    ],
    ["40-", [{ first: 40, last: Number.POSITIVE_INFINITY }]],
  ])("%j", (text, ranges) => {
    expect(toPageRanges(text)).toEqual(ranges);
  });

  test.each(["", "0", "10-3", "-3", "a", "3,", "1.5", "3--5", "iv"])("%j is none", (text) => {
    expect(toPageRanges(text)).toBeUndefined();
  });
});

describe("selected pages", () => {
  test("keep their numbers and tile the text, with a blank line where pages are left out", () => {
    const document = select("2,4-");
    expect(texts(document)).toEqual([
      [2, "two.\n\n"],
      [4, "four.\n"],
      [5, "five.\n"],
    ]);
    expect(document.text).toBe("two.\n\nfour.\nfive.\n");
    expect(document.leftOutPages).toBe(2);
  });

  test("keep the sections that run into them", () => {
    expect(select("3-4").sections).toEqual([
      { title: "First", level: 1, start: 0 },
      { title: "Part", level: 2, start: 0 },
      { title: "Second", level: 1, start: 7 },
    ]);
    expect(select("5").sections).toEqual([{ title: "Second", level: 1, start: 0 }]);
  });

  test("are said to be missing, where the file has fewer", () => {
    expect(select("4-9,12").warnings).toEqual(["has 5 pages: pages 6-9, 12 are not there"]);
    expect(select("5-6").warnings).toEqual(["has 5 pages: page 6 is not there"]);
    expect(select("4-").warnings).toEqual([]);
  });

  test.each([
    ["99", "book.pdf: has 5 pages, but page 99 was asked for"],
    ["6-", "book.pdf: has 5 pages, but pages 6- were asked for"],
    ["7, 9-12", "book.pdf: has 5 pages, but pages 7, 9-12 were asked for"],
  ])("%s are refused, where there are none of them", (pages, message) => {
    expect(() => select(pages)).toThrow(
      expect.objectContaining({
        message,
        hint: expect.stringMatching(/^name some of 1-5, or leave out --pages/u),
      }),
    );
  });

  test("are refused of a document without pages", async () => {
    const pages = toPageRanges("3-4");
    await expect(parseBytes(Buffer.from("Plain text."), "a.txt", { pages })).rejects.toThrow(
      "a.txt: has no pages, but pages 3-4 were asked for",
    );
  });

  test("of a PDF file", async () => {
    const pdf = makePdf([{ lines: ["The first page."] }, { lines: ["The second page."] }]);
    const document = await parseBytes(pdf, "a.pdf", { pages: toPageRanges("2") });
    expect(document.text.trim()).toBe("The second page.");
    expect(document.pages[0]).toMatchObject({ number: 2, start: 0, end: document.text.length });
  });
});
