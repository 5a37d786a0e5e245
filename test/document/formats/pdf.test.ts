import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Document } from "../../../src/document/document.ts";
import { parseBytes } from "../../../src/document/parse.ts";
import { FocusError } from "../../../src/errors.ts";
import { caseFile } from "../../helpers/case-file.ts";
import { makePdf, type PdfPage } from "../../helpers/make-pdf.ts";

const parse = (pages: readonly PdfPage[], options = {}): Promise<Document> =>
  parseBytes(makePdf(pages, options), "a.pdf");

const parseCase = async (name: string): Promise<Document> => parseBytes(await caseFile(name), name);

const bodyOf = (word: string): string[] =>
  Array.from({ length: 8 }, (_, i) => `Line ${"abcdefgh"[i]} of the body says ${word} and more.`);

const textOfPage = ({ text, pages }: Document, number: number): string => {
  const page = pages[number - 1];
  return text.slice(page?.start, page?.end);
};

describe("pages", () => {
  test("tile the text, have numbers and labels, and end with a line end", async () => {
    const document = await parse(
      [{ lines: ["Preface to a little book"] }, { lines: ["First line of the book", "Second"] }],
      {
        labels: { 0: { style: "r" }, 1: { style: "D", prefix: "A-" } },
        title: "A title",
      },
    );
    expect(document).toEqual({
      path: "a.pdf",
      format: "pdf",
      title: "A title",
      text: "Preface to a little book\nFirst line of the book\nSecond\n",
      pages: [
        { number: 1, label: "i", start: 0, end: 25, characters: 20 },
        { number: 2, label: "A-1", start: 25, end: 55, characters: 24 },
      ],
      sections: [],
      warnings: [],
    });
  });

  test("without a label have none", async () => {
    expect((await parse([{ lines: ["x"] }])).pages[0]?.label).toBeUndefined();
  });

  test("tile the text whatever is on them", async () => {
    const line = fc.stringMatching(/^[A-Za-z0-9 .,()-]{0,30}$/);
    const page = fc.record({ lines: fc.array(line, { maxLength: 5 }), picture: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(page, { maxLength: 6 }), async (pages) => {
        const document = await parse([...pages, { lines: ["the last page"] }]);
        const ends = document.pages.map(({ end }) => end);
        expect(document.pages.map(({ start }) => start)).toEqual([0, ...ends.slice(0, -1)]);
        expect(ends.at(-1)).toBe(document.text.length);
        expect(document.pages.map(({ number }) => number)).toEqual(ends.map((_, i) => i + 1));
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  test("without text are counted and named; those with nothing on them are called blank", async () => {
    const text = { lines: bodyOf("hello") };
    const document = await parse([
      text,
      { picture: true },
      text,
      {},
      text,
      { picture: true },
      { picture: true },
      text,
    ]);
    expect(document.pages.map(({ characters }) => characters > 0)).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
      false,
      true,
    ]);
    expect(document.pages.map(({ blank }) => blank === true)).toEqual([
      false,
      false,
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(document.warnings).toEqual([
      "pages 2, 6-7 have no text (scanned, or a picture); `focus ocr pull eng` installs what recognises it",
      "page 4 is blank",
    ]);
  });

  test("mostly without text make the document look scanned", async () => {
    const document = await parse([{ lines: bodyOf("x") }, { picture: true }, { picture: true }]);
    expect(document.warnings).toContainEqual(
      "the document seems to be scanned or damaged: half of its 3 pages have fewer than 20 characters; `focus ocr pull eng` installs what recognises its text",
    );
  });

  test("all without text are refused, with the command that helps", async () => {
    const error = await parse([{ picture: true }, { picture: true }]).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      message: "a.pdf: has 2 pages and no text on any: scanned, damaged or blank",
      hint: expect.stringContaining("focus ocr pull eng"),
      exitCode: 3,
    });
  });
});

describe("what was filled in", () => {
  test("stands after the line above it or beside it, a row on a line", async () => {
    const { text, warnings } = await parse([
      {
        lines: [
          { text: "Name:", y: 700 },
          { text: "City:", y: 660 },
          { text: "The end", y: 600 },
        ],
        fields: [
          { text: "Alice Example", y: 700 },
          { text: "Berlin", y: 645 },
          { text: "typed onto the page", y: 580, subtype: "FreeText" },
        ],
      },
    ]);
    expect(text).toBe("Name:\nAlice Example\nCity:\nBerlin\nThe end\ntyped onto the page\n");
    expect(warnings).toEqual([]);
  });

  test("is the text of a page that has nothing else", async () => {
    const { text, pages } = await parse([{ fields: [{ text: "Alice", y: 700 }] }]);
    expect(text).toBe("Alice\n");
    expect(pages[0]?.blank).toBeUndefined();
  });

  test("changes nothing where fields are empty", async () => {
    const fields = [{ text: "", y: 700 }];
    const { text, pages } = await parse([{ lines: ["Name:", "City:"], fields }, { fields }]);
    expect(text).toBe("Name:\nCity:\n");
    expect(pages[1]).toMatchObject({ characters: 0, blank: true });
  });
});

describe("running headers and footers", () => {
  const pageWith = (i: number, header: string): PdfPage => ({
    lines: [{ text: header, y: 760 }, ...bodyOf(`number ${i}`), { text: `${i + 1}`, y: 30 }],
  });

  test("are removed, and said with their pages", async () => {
    const document = await parse(Array.from({ length: 6 }, (_, i) => pageWith(i, `Manual, Release 4.${i}`)));
    expect(textOfPage(document, 2)).toBe(`${bodyOf("number 1").join("\n")}\n`);
    expect(document.warnings).toEqual([
      'removed 2 running header or footer lines from 6 pages: "(page number)", "Manual, Release 4.#"',
    ]);
  });

  test("stay once, for nothing else may say what they say", async () => {
    const { text } = await parse(Array.from({ length: 6 }, (_, i) => pageWith(i, `Manual, Release 4.${i}`)));
    expect(text.match(/Manual.*/g)).toEqual(["Manual, Release 4.0"]);
    const facts = await parseCase("p07-header-facts.pdf");
    expect(facts.text.match(/Document no\. NS-4471 rev\. C/g)).toHaveLength(1);
    expect(facts.text).toContain("Prepared by: Sigrid Vold");
  });

  test("are not seen in lines that say something else on each page", async () => {
    const { text, warnings } = await parseCase("p07-invoices.pdf");
    expect(text).toContain("Invoice no. 2024-127 Date: 5 March 2024\n");
    expect(text.match(/Invoice no\. 2024-\d+/g)).toHaveLength(9);
    expect(warnings).toEqual([]);
    const names = ["Ash 12", "Birch 7", "Cedar 31", "Dogwood 4"];
    const plots = await parse(names.map((name, i) => pageWith(i, `Plot of ${name} trees`)));
    expect(plots.text.match(/Plot of \w+ \d+/g)).toEqual(names.map((name) => `Plot of ${name}`));
  });

  test("that differ on each page are known by the page's own number", async () => {
    const pages = Array.from({ length: 5 }, (_, i) => ({
      lines: [
        `4.${i} ${"ABCDE"[i]} title`,
        ...bodyOf(`number ${i}`),
        { text: `4.${i}. ${"abcde"[i]} title ${i + 1}`, y: 30 },
      ],
    }));
    const document = await parse(pages, { labels: { 0: { style: "D" } } });
    expect(document.text).not.toContain(". a title");
    expect(document.warnings).toEqual([
      'removed 5 running header or footer lines from 5 pages: "4.#. a title #", "4.#. b title #", "4.#. c title #", "4.#. d title #", "4.#. e title #"',
    ]);
    expect((await parse(pages)).text).toContain(". a title");
  });

  describe("as far in as LaTeX sets them", () => {
    /** Pages whose first line stands at 0.12 of the height, set apart from what is below it. */
    const pagesWith = (...heads: readonly string[]): PdfPage[] =>
      heads.map((text, i) => ({
        lines: [
          { text, y: 696 },
          ...bodyOf(`number ${i}`).map((line, row) => ({ text: line, y: 665 - 14 * row })),
        ],
      }));
    const labels = { 0: { style: "D" } } as const;

    test("are known by the number that the file gives the page", async () => {
      const pages = pagesWith("1 ABOUT a", "2 ABOUT a", "ABOUT c", "4 ABOUT a", "5 ABOUT e", "6 ABOUT e");
      const document = await parse(pages, { labels });
      expect(document.text.match(/.*ABOUT.*/gu)).toEqual(["1 ABOUT a", "ABOUT c", "5 ABOUT e"]);
      expect(document.warnings).toEqual([
        'removed 2 running header or footer lines from 3 pages: "# ABOUT a", "# ABOUT e"',
      ]);
    });

    test.each([
      ["have the page's number on few pages", ["Step 1", "Step 2", "Step 3", "Step 4", "End"]],
      ["have other numbers", ["1 A", "1 B", "2 C", "2 D", "3 E", "3 F", "3 G"]],
      ["only repeat", new Array<string>(6).fill("CHAPTER")],
    ])("are not seen in headings that %s", async (_, heads) => {
      const { text, warnings } = await parse(pagesWith(...heads), { labels });
      for (const head of heads) expect(text).toContain(`${head}\n`);
      expect(warnings).toEqual([]);
    });
  });

  test("stay when they are on two pages only", async () => {
    const document = await parse([pageWith(0, "Same"), pageWith(1, "Same")]);
    expect(document.text).toContain("Same");
  });

  test("are not seen in repeated lines of the body, even where it reaches into the margin", async () => {
    const lines = Array.from({ length: 52 }, (_, i) => ({
      text: i % 2 === 0 ? "}" : `call ${i};`,
      y: 750 - 14 * i,
    }));
    const document = await parse(Array.from({ length: 4 }, () => ({ lines })));
    expect(document.warnings).toEqual([]);
    expect(document.text.match(/\}/g)).toHaveLength(4 * 26);
  });

  test("alone on a page make it blank", async () => {
    const document = await parse([
      ...Array.from({ length: 4 }, (_, i) => pageWith(i, "Header")),
      { lines: [{ text: "Header", y: 760 }] },
    ]);
    expect(document.pages.at(-1)).toMatchObject({ characters: 0, blank: true });
  });
});

describe("outline", () => {
  test("entries begin at their heading's line, or else at their page", async () => {
    const document = await parse(
      [
        { lines: ["before", "1.2  Getting", "\x91started\x92", "Getting \x91started\x92 is easy"] },
        { lines: ["other"] },
      ],
      {
        outline: [
          { title: "Getting `Started'", page: 0 },
          { title: "Not on its page", page: 1 },
        ],
      },
    );
    expect(document.sections).toEqual([
      { title: "Getting `Started'", level: 1, start: document.text.indexOf("1.2") },
      { title: "Not on its page", level: 1, start: document.text.indexOf("other") },
    ]);
  });
});

test("40,000 outline entries of one page take seconds", async () => {
  const outline = Array.from({ length: 40_000 }, (_, i) => ({
    title: `Entry ${i % 50} of the register`,
    page: 0,
  }));
  const lines = Array.from({ length: 50 }, (_, i) => `Entry ${i} of the register`);
  const bytes = makePdf([{ lines }], { outline });
  const start = performance.now();
  const { sections, text } = await parseBytes(bytes, "a.pdf");
  expect(performance.now() - start).toBeLessThan(4000);
  expect(sections).toHaveLength(40_000);
  expect(sections.find(({ title }) => title === "Entry 49 of the register")?.start).toBe(
    text.indexOf("Entry 49"),
  );
});

describe("files that cannot be opened", () => {
  const encrypted = (): Promise<Uint8Array> =>
    readFile(new URL("../../fixtures/encrypted.pdf", import.meta.url));

  test("need a password, take the right one, refuse a wrong one", async () => {
    const bytes = await encrypted();
    await expect(parseBytes(bytes, "a.pdf")).rejects.toMatchObject({
      message: "a.pdf: is encrypted and needs a password",
      code: "input.encrypted",
      hint: "give it with --password-file or FOCUS_PASSWORD",
    });
    await expect(parseBytes(bytes, "a.pdf", { password: "wrong" })).rejects.toThrow(
      "a.pdf: the password is wrong",
    );
    const document = await parseBytes(bytes, "a.pdf", { password: "sesame" });
    expect(document.text).toBe("The treasure is in the cave.\n");
  });

  test("are damaged: random bytes, a header alone, a file without its end", async () => {
    const whole = makePdf([{ lines: bodyOf("x") }]);
    const broken = [
      Buffer.from("%PDF-1.7\n\x01\x02\x03\x04"),
      Buffer.from("%PDF-1.4"),
      whole.subarray(0, 300),
    ];
    for (const bytes of broken) {
      await expect(parseBytes(bytes, "a.pdf")).rejects.toMatchObject({
        message: "a.pdf: is not a PDF, or a damaged or truncated one",
        hint: expect.stringContaining("qpdf"),
      });
    }
  });

  test("have no pages", async () => {
    await expect(parse([])).rejects.toThrow(FocusError);
  });

  test("never raise anything but a FocusError, wherever bytes are changed", async () => {
    const whole = makePdf([{ lines: bodyOf("x") }, { picture: true }], {
      outline: [{ title: "x", page: 0 }],
    });
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 20 }), async (changes) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        const result = await parseBytes(bytes, "a.pdf").catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toBeInstanceOf(FocusError);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

test("an abort is seen at the next page", async () => {
  const reason = new FocusError("stopped");
  const options = { signal: AbortSignal.abort(reason) };
  await expect(parseBytes(makePdf([{ lines: ["x"] }]), "a.pdf", options)).rejects.toBe(reason);
});
