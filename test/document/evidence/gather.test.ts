import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Document } from "../../../src/document/document.ts";
import { gatherEvidence } from "../../../src/document/evidence/gather.ts";
import { parseBytes } from "../../../src/document/parse.ts";
import { makePdf, type PdfPage } from "../../helpers/make-pdf.ts";

const signal = new AbortController().signal;

type Source = { readonly bytes: Uint8Array; readonly password?: string };

/** What is gathered for these quotes of one document. */
async function gather(document: Document, quotes: readonly string[], { bytes, password }: Source) {
  const shown = quotes.map((quote, i) => {
    const start = document.text.indexOf(quote);
    return { id: i + 1, path: document.path, start, end: start + quote.length };
  });
  const options = { documents: [document], bytesOf: async () => bytes, password, signal };
  return gatherEvidence(shown, options);
}

async function gatherFromPdf(pages: readonly PdfPage[], quotes: readonly string[]) {
  const bytes = makePdf(pages);
  return gather(await parseBytes(bytes, "a.pdf"), quotes, { bytes });
}

const PAGE = { lines: ["The board met in March.", "It approved the budget", "of 2023 without a vote."] };

describe("evidence", () => {
  it("draws the page and marks the quote's lines where they stand", async () => {
    const { pictures, excerpts, notes } = await gatherFromPdf(
      [{ lines: ["Another page."] }, PAGE],
      ["It approved the budget\nof 2023"],
    );
    expect(notes).toEqual([]);
    expect(excerpts).toEqual([]);
    expect(pictures).toHaveLength(1);
    const [picture] = pictures;
    expect(picture).toMatchObject({ path: "a.pdf", page: 2, width: 979, height: 1267 });
    const boxes = picture?.marks[0]?.boxes ?? [];
    expect(picture?.marks[0]?.found).toBe("whole");
    // Lines of 11 points at 72 from the left, 700 - 14 and 700 - 28 from below, of 792; 1.6 pixels a point.
    expect(boxes).toHaveLength(2);
    for (const [i, box] of boxes.entries()) {
      const base = (792 - 700 + 14 * (i + 1)) * 1.6;
      expect(box.x).toBeGreaterThan(112);
      expect(box.x).toBeLessThan(120);
      expect(box.y).toBeLessThan(base);
      expect(box.y + box.height).toBeGreaterThan(base);
      expect(box.height).toBeLessThan(26);
    }
    expect(boxes[0]?.width).toBeGreaterThan(2 * (boxes[1]?.width ?? 0));
  });

  it("follows a turned page", async () => {
    const bytes = Buffer.from(
      Buffer.from(makePdf([PAGE]))
        .toString("latin1")
        .replace("/MediaBox[0 0 612 792]", "/Rotate 90/MediaBox[0 0 612 792]"),
      "latin1",
    );
    const document = await parseBytes(bytes, "a.pdf");
    const { pictures } = await gather(document, ["The board met in March."], { bytes });
    expect(pictures[0]).toMatchObject({ width: 1267, height: 979 });
    // Turned to the right, lines run down from the top at the right.
    const box = pictures[0]?.marks[0]?.boxes[0];
    expect(pictures[0]?.marks[0]?.found).toBe("whole");
    expect(box?.y).toBeGreaterThan(110);
    expect(box?.x).toBeGreaterThan(1100);
  });

  it("draws what was filled in, on a page that has its size from the page tree", async () => {
    const filledIn = { ...PAGE, fields: [{ text: "Isobel Tarrant", y: 500 }] };
    const bytes = makePdf([filledIn], { treeSize: [500, 900] });
    const document = await parseBytes(bytes, "a.pdf");
    const { pictures } = await gather(document, ["Isobel Tarrant", "The board met"], { bytes });
    expect(pictures[0]).toMatchObject({ width: 800, height: 1440 });
    expect(pictures[0]?.marks.map(({ found }) => found)).toEqual(["whole", "whole"]);
    const box = pictures[0]?.marks[0]?.boxes[0];
    expect(box?.x).toBeGreaterThan(240);
    expect(Math.abs((box?.y ?? 0) - (900 - 512) * 1.6)).toBeLessThan(20);
  });

  it("shows a quote over two pages on both, and several quotes of a page on one", async () => {
    const { pictures } = await gatherFromPdf(
      [PAGE, { lines: ["Then all went home."] }],
      ["of 2023 without a vote.\nThen all", "The board"],
    );
    expect(pictures.map(({ page, marks }) => [page, marks.map(({ id, found }) => [id, found])])).toEqual([
      [
        1,
        [
          [1, "whole"],
          [2, "whole"],
        ],
      ],
      [2, [[1, "whole"]]],
    ]);
  });

  it("says when the file is another one by now, and shows the text", async () => {
    const document = await parseBytes(makePdf([PAGE]), "a.pdf");
    const changed = makePdf([{ lines: ["Something else."] }]);
    const { pictures, excerpts } = await gather(document, ["The board met"], { bytes: changed });
    expect(pictures[0]?.marks).toEqual([{ id: 1, found: "none", boxes: [] }]);
    expect(excerpts).toMatchObject([{ id: 1, before: "", quote: "The board met" }]);
    const broken = await gather(document, ["The board met"], { bytes: Buffer.from("%PDF-1.7 no") });
    expect(broken.notes).toEqual([expect.stringContaining("no pictures of a.pdf: ")]);
    expect(broken.excerpts).toHaveLength(1);
  });

  it("opens encrypted files with the password", async () => {
    const bytes = await readFile(fileURLToPath(new URL("../../fixtures/encrypted.pdf", import.meta.url)));
    const password = "sesame";
    const document = await parseBytes(bytes, "e.pdf", { password });
    const word = /\w{4,}/u.exec(document.text)?.[0] ?? "";
    expect((await gather(document, [word], { bytes, password })).pictures).toHaveLength(1);
    expect((await gather(document, [word], { bytes })).notes).toEqual([expect.stringContaining("password")]);
  });

  it("makes so many pictures and no more, and says which are left out", async () => {
    const pages = Array.from({ length: 14 }, (_, i) => ({ lines: [`Fact number ${i + 101} of many.`] }));
    const quotes = pages.map(({ lines: [line = ""] }) => line);
    const { pictures, notes, excerpts } = await gatherFromPdf(pages, quotes);
    expect(pictures).toHaveLength(12);
    expect(notes).toEqual(["pages 13-14 of a.pdf left out: there are enough pictures for one file"]);
    expect(excerpts.map(({ id }) => id)).toEqual([13, 14]);
  });

  it("of formats without pages is the paragraph", async () => {
    const text = "First paragraph.\n\nThe roof leaks. It leaks at the back.\n\nLast paragraph.";
    const document = await parseBytes(Buffer.from(text), "a.txt");
    expect((await gather(document, ["It leaks"], { bytes: Buffer.from(text) })).excerpts).toEqual([
      { id: 1, before: "The roof leaks. ", quote: "It leaks", after: " at the back." },
    ]);
    const long = `${"word ".repeat(300)}The roof leaks.${" more".repeat(300)}`;
    const cut = await gather(await parseBytes(Buffer.from(long), "b.txt"), ["The roof leaks."], {
      bytes: Buffer.from(long),
    });
    expect(cut.excerpts[0]?.before).toMatch(/^(?:word )+$/u);
    expect(cut.excerpts[0]?.before.length).toBeLessThan(500);
    expect(cut.excerpts[0]?.after).toMatch(/^(?: more)+$/u);
  });

  it("of text without spaces is cut between characters", async () => {
    const text = `${"屋顶漏水。𠀀".repeat(200)}屋 屋顶在后面。${"修理费𠀀用高。".repeat(200)}`;
    const bytes = Buffer.from(text);
    const { excerpts } = await gather(await parseBytes(bytes, "a.txt"), ["屋顶在后面。"], { bytes });
    for (const part of [excerpts[0]?.before ?? "", excerpts[0]?.after ?? ""]) {
      expect(part.length).toBeGreaterThan(490);
      expect(part).not.toMatch(/\p{Cs}/u);
    }
  });
});
