import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Document, Page } from "../../src/document/document.ts";
import { locatorOf, pageAt } from "../../src/document/locate.ts";

const documentOf = (text: string, pages: readonly Page[] = []): Document => ({
  path: "a",
  format: "text",
  title: undefined,
  text,
  pages,
  sections: [],
  warnings: [],
});

const page = (number: number, start: number, end: number): Page => ({
  number,
  label: undefined,
  start,
  end,
  characters: end - start,
});

describe("pageAt", () => {
  const document = documentOf("abcdef", [
    page(1, 0, 0),
    page(2, 0, 2),
    page(3, 2, 2),
    page(4, 2, 6),
    page(5, 6, 6),
  ]);

  test("finds the page that holds an offset, never one without text", () => {
    const numbers = [0, 1, 2, 5].map((offset) => pageAt(document, offset)?.number);
    expect(numbers).toEqual([2, 2, 4, 4]);
  });

  test("finds none outside the text, nor in a format without pages", () => {
    expect(pageAt(document, -1)).toBeUndefined();
    expect(pageAt(document, 6)).toBeUndefined();
    expect(pageAt(documentOf("abc"), 1)).toBeUndefined();
  });
});

describe("lineAt", () => {
  test("counts every kind of line end once", () => {
    const document = documentOf("a\nb\r\nc\rd");
    const { lineAt } = locatorOf(document);
    expect([0, 1, 2, 3, 4, 5, 7].map(lineAt)).toEqual([1, 1, 2, 2, 2, 3, 4]);
  });

  test("looks through a document's text once, however often it is asked", () => {
    let readings = 0;
    const document = Object.defineProperty(documentOf(""), "text", {
      get: () => {
        readings += 1;
        return "a\nb";
      },
    });
    for (let i = 0; i < 5; i += 1) expect(locatorOf(document).lineAt(2)).toBe(2);
    expect(readings).toBe(1);
  });

  test("agrees with counting from the start", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "\n", "bc")), fc.nat(40), (parts, at) => {
        const text = parts.join("");
        const offset = Math.min(at, text.length);
        expect(locatorOf(documentOf(text)).lineAt(offset)).toBe(text.slice(0, offset).split("\n").length);
      }),
    );
  });
});
