import { describe, expect, it } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { textOutcome } from "../../src/mcp/text-range.ts";
import { makePdf } from "../helpers/make-pdf.ts";

const PDF = makePdf(["one", "two", "three", "four", "five"].map((name) => ({ lines: [`Page ${name}.`] })));

/** A document of which only these pages were asked for, as by --pages. */
const pagesOf = (first: number, last: number) => parseBytes(PDF, "a.pdf", { pages: [{ first, last }] });

type Part = { readonly text: string; readonly start: number; readonly nextOffset: number | null };
const partOf = (json: object): Part => json as Part;

describe("pages of a document of which others are left out", () => {
  it("are called by their numbers in the file", async () => {
    const document = await pagesOf(3, 4);
    const three = textOutcome(document, { pages: "3" });
    expect(three.text).toMatch(/^--- page 3 ---\nPage three\.\n+$/u);
    expect(three.json).toMatchObject({ pageCount: 2, pages: [{ number: 3 }], nextOffset: null });
    expect(textOutcome(document, { pages: "4-9" }).text).toMatch(/^--- page 4 ---\nPage four\.\n+$/u);
    expect(textOutcome(document, { pages: "1-3" }).text).toBe(three.text);
  });

  it("are told where none of those that are asked for is there", async () => {
    const hint = "the server's --pages leaves out all others";
    const cases = [
      { document: await pagesOf(3, 4), has: "pages 3-4", wanted: "1", hint },
      { document: await pagesOf(3, 4), has: "pages 3-4", wanted: "5-6", hint },
      { document: await pagesOf(5, 5), has: "page 5", wanted: "1", hint },
      { document: await parseBytes(PDF, "a.pdf"), has: "pages 1-5", wanted: "6", hint: undefined },
      { document: await parseBytes(PDF, "a.pdf"), has: "pages 1-5", wanted: "3-2", hint: undefined },
    ];
    for (const { document, has, wanted, ...error } of cases) {
      const message = `a.pdf has ${has}, and not ${wanted}`;
      expect(() => textOutcome(document, { pages: wanted })).toThrow(
        expect.objectContaining({ message, ...error }),
      );
    }
  });
});

describe("a text longer than one call gives", () => {
  const LINES = Array.from({ length: 9000 }, (_, i) => `Line ${i} of the log.\n`).join("");

  it("goes on at the offset that each part but the last names, until all of it was given", async () => {
    const document = await parseBytes(Buffer.from(LINES), "log.txt");
    const given: string[] = [];
    let offset: number | null = 0;
    while (offset !== null) {
      const { text, json } = textOutcome(document, { offset });
      const part: Part = partOf(json);
      expect(part.start).toBe(offset);
      const more = part.nextOffset === null ? "" : `[cut: go on with offset ${part.nextOffset}]\n`;
      expect(text.startsWith(part.text) && text.endsWith(more)).toBe(true);
      given.push(part.text);
      offset = part.nextOffset;
    }
    expect(given.length).toBeGreaterThan(3);
    expect(given.every(({ length }) => length > 0 && length <= 40_000)).toBe(true);
    expect(given.join("")).toBe(document.text);
  });

  it("is cut within the pages that are asked for, and ends with them", async () => {
    const page = { lines: Array.from({ length: 50 }, (_, i) => `Line ${i} ${"x".repeat(90)}`) };
    const document = await parseBytes(makePdf(Array.from({ length: 20 }, () => page)), "log.pdf");
    const first = partOf(textOutcome(document, { pages: "2-12" }).json);
    expect(first.start).toBe(document.pages[1]?.start);
    const second = partOf(textOutcome(document, { pages: "2-12", offset: first.nextOffset ?? 0 }).json);
    expect(second.nextOffset).toBeNull();
    const [start, end] = [document.pages[1]?.start, document.pages[11]?.end];
    expect(first.text + second.text).toBe(document.text.slice(start, end));
  });

  it("has no character cut in half, neither by a part's end nor by an offset that a client counted", async () => {
    const document = await parseBytes(Buffer.from(`a${"𝕏".repeat(30_000)}`), "signs.txt");
    const first = partOf(textOutcome(document, {}).json);
    const second = partOf(textOutcome(document, { offset: first.nextOffset ?? 0 }).json);
    expect(first.text).toBe(`a${"𝕏".repeat(19_999)}`);
    expect(first.text + second.text).toBe(document.text);
    expect(partOf(textOutcome(document, { offset: 4 }).json)).toMatchObject({ start: 3 });
  });

  it("is refused from behind its end, or that of the pages that are asked for, and empty at it", async () => {
    const document = await parseBytes(PDF, "a.pdf");
    const { length } = document.text;
    expect(textOutcome(document, { offset: length }).json).toMatchObject({
      text: "",
      start: length,
      end: length,
    });
    const end = document.pages[0]?.end ?? 0;
    const cases = [
      {
        range: { offset: 99_999_999 },
        has: `offset is 99999999, and what is asked for of a.pdf ends at ${length}`,
      },
      {
        range: { offset: end + 1, pages: "1" },
        has: `offset is ${end + 1}, and what is asked for of a.pdf ends at ${end}`,
      },
    ];
    for (const { range, has } of cases) expect(() => textOutcome(document, range)).toThrow(has);
  });
});
