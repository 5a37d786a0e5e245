import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { type DocxParts, makeDocx, p } from "../../helpers/make-docx.ts";

const parse = (body: string, more: Omit<DocxParts, "body"> = {}) =>
  parseBytes(makeDocx({ body, ...more }), "a.docx");
const run = (inner: string) => `<w:r>${inner}</w:r>`;

describe("notes", () => {
  const note = (id: number, content: string) => `<w:footnote w:id="${id}"><w:p>${content}</w:p></w:footnote>`;
  const reference = (id: number, more = "") => run(`<w:footnoteReference w:id="${id}" ${more}/>`);

  test("have the numbers that Word counts, each kind for itself", async () => {
    const body = `<w:p>${run("<w:t>A</w:t>")}${reference(7)}${run('<w:endnoteReference w:id="3"/>')}${reference(5)}</w:p>`;
    const { text } = await parse(body, {
      parts: {
        footnotes: note(5, run("<w:t>five</w:t>")) + note(7, run("<w:t>seven</w:t>")),
        endnotes: `<w:endnote w:id="3">${p("end")}</w:endnote>`,
      },
    });
    expect(text).toBe(
      "A[footnote 1][endnote 1][footnote 2]\n\n[footnote 1] seven\n\n[endnote 1] end\n\n[footnote 2] five\n",
    );
  });

  test("keep hyphens and raised digits, and lose what is struck out", async () => {
    const content =
      run("<w:t>pp. 12</w:t><w:noBreakHyphen/><w:t>15 </w:t>") +
      run("<w:rPr><w:strike/></w:rPr><w:t>not</w:t>") +
      run("<w:t>10</w:t>") +
      run('<w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>6</w:t>');
    const { text, warnings } = await parse(`<w:p>${run("<w:t>A</w:t>")}${reference(2)}</w:p>`, {
      parts: { footnotes: note(2, content) },
    });
    expect(text).toBe("A[footnote 1]\n\n[footnote 1] pp. 12‑15 10⁶\n");
    expect(warnings).toEqual(['left out 1 struck-out passage: "not"']);
  });

  test("with a mark of the author's own are not counted", async () => {
    const own = run('<w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t>');
    const { text } = await parse(`<w:p>${run("<w:t>A</w:t>")}${own}${reference(3)}</w:p>`, {
      parts: { footnotes: note(2, run("<w:t>* star</w:t>")) + note(3, run("<w:t>one</w:t>")) },
    });
    expect(text).toBe("A[footnote]*[footnote 1]\n\n[footnote] * star\n\n[footnote 1] one\n");
  });

  test("that are referred to again and again are said once", async () => {
    const again = Array.from({ length: 3 }, () => reference(2)).join("");
    const { text } = await parse(`<w:p>${run("<w:t>A</w:t>")}${again}</w:p>`, {
      parts: { footnotes: note(2, run("<w:t>one</w:t>")) },
    });
    expect(text).toBe("A[footnote 1][footnote 1][footnote 1]\n\n[footnote 1] one\n");
  });

  test("a text box in a header is read once", async () => {
    const box = `<w:txbxContent>${p("Confidential 77")}</w:txbxContent>`;
    const header = `<w:p><w:r><mc:AlternateContent><mc:Choice>${box}</mc:Choice><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent></w:r></w:p>`;
    expect((await parse(p("Body."), { parts: { header } })).text).toBe("Body.\n\n[header] Confidential 77\n");
  });
});

describe("pages", () => {
  const rendered = run("<w:lastRenderedPageBreak/>");
  const explicit = run('<w:br w:type="page"/>');
  const pagesOf = async (body: string) =>
    (await parse(body)).pages.map(({ characters, blank }) => (blank === true ? "blank" : characters));

  test("a page that is a picture has its number, and so has a blank one", async () => {
    const picture = `<w:p>${rendered}${run('<wp:docPr id="1"/>')}</w:p>`;
    const two = `<w:p>${rendered}${run("<w:t>Two</w:t>")}</w:p>`;
    expect(await pagesOf(p("One") + picture + two)).toEqual([3, 0, 3]);
    expect(await pagesOf(`${p("One")}<w:p>${explicit}</w:p><w:p>${rendered}${explicit}</w:p>${two}`)).toEqual(
      [3, "blank", 3],
    );
  });

  test("a row that is broken over pages is broken once, whichever cell says it", async () => {
    const cell = (...breaks: string[]) =>
      `<w:tc><w:p>${run("<w:t>a</w:t>")}${breaks.join(run("<w:t>b</w:t>"))}${run("<w:t>c</w:t>")}</w:p></w:tc>`;
    const row = (...cells: string[]) => `<w:tbl><w:tr>${cells.join("")}</w:tr></w:tbl>`;
    const pages = await pagesOf(p("One") + row(cell(rendered), cell(rendered, rendered)) + p("End"));
    expect(pages).toHaveLength(3);
  });

  test("a table behind a break that the author set begins one page, not one for each cell", async () => {
    const cell = `<w:tc><w:p>${rendered}${run("<w:t>a</w:t>")}</w:p></w:tc>`;
    expect(
      await pagesOf(`${p("One")}<w:p>${explicit}</w:p><w:tbl><w:tr>${cell}${cell}</w:tr></w:tbl>`),
    ).toHaveLength(2);
  });
});

describe("what is not Word's own", () => {
  test("inserted files stand where Word reads them in", async () => {
    const inner = makeDocx({ body: p("The term is 3 years.") });
    const { text, warnings } = await parse(
      `${p("Before.")}<w:altChunk r:id="a.html"/><w:altChunk r:id="b.docx"/><w:altChunk r:id="c.txt"/>${p("After.")}`,
      {
        inserted: {
          "a.html": "<html><body><p>The fee is 900 euros.</p></body></html>",
          "b.docx": inner,
          "c.txt": "Line one\nline two",
        },
      },
    );
    expect(text).toBe(
      "Before.\n\nThe fee is 900 euros.\n\nThe term is 3 years.\n\nLine one\nline two\n\nAfter.\n",
    );
    expect(warnings).toEqual([]);
  });

  test("those that cannot be read, or are inserted once more, are said", async () => {
    const nested = makeDocx({
      body: `${p("Inner.")}<w:altChunk r:id="d.docx"/>`,
      inserted: { "d.docx": makeDocx({ body: p("Deep.") }) },
    });
    const { text, warnings } = await parse(
      `${p("Text.")}<w:altChunk r:id="a.bin"/><w:altChunk r:id="b.docx"/><w:altChunk r:id="elsewhere"/>`,
      { inserted: { "a.bin": new Uint8Array([0, 1, 2, 3, 0, 255]), "b.docx": nested } },
    );
    expect(text).toBe("Text.\n\nInner.\n");
    expect(warnings).toEqual([
      expect.stringMatching(/^inserted file not read: word\/a\.bin: /),
      "inserted file word/b.docx: inserted file not read: word/d.docx: is docx in an inserted file",
      "1 embedded file was not read",
    ]);
  });

  test("a file that is inserted a second time is not read again", async () => {
    const { text, warnings } = await parse('<w:altChunk r:id="a.txt"/><w:altChunk r:id="a.txt"/>', {
      inserted: { "a.txt": "Once." },
    });
    expect(text).toBe("Once.\n");
    expect(warnings).toEqual(["1 embedded file was not read"]);
  });

  test("objects of other programs and older pictures are counted", async () => {
    const picture = '<v:shape><v:imagedata r:id="x"/></v:shape>';
    const { warnings } = await parse(
      `${p("Text.")}<w:p>${run(`<w:object>${picture}<o:OLEObject ProgID="Excel.Sheet.12"/></w:object>`)}${run(`<w:pict>${picture}</w:pict>`)}</w:p>`,
    );
    expect(warnings).toEqual(["1 picture was not read", "1 embedded file was not read"]);
  });
});
