import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { type DocxParts, makeDocx, p } from "../../helpers/make-docx.ts";

const parse = (body: string, parts: DocxParts["parts"] = {}) =>
  parseBytes(makeDocx({ body, parts }), "a.docx");
const textOf = async (body: string, parts: DocxParts["parts"] = {}): Promise<string> =>
  (await parse(body, parts)).text;

const STYLES = `<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
  <w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style>
  <w:style w:styleId="T"><w:name w:val="Title"/></w:style>`;

describe("headings", () => {
  test("come from styles, from styles based on them, and from outline levels", async () => {
    const { text, sections, title } = await parse(
      p("Lease", '<w:pStyle w:val="T"/>') +
        p("Rent", '<w:pStyle w:val="berschrift1"/>') +
        p("It is due monthly.") +
        p("Term", '<w:pStyle w:val="Mine"/>') +
        p("Renewal", '<w:outlineLvl w:val="1"/>'),
      { styles: STYLES },
    );
    expect(text).toBe("Lease\n\nRent\n\nIt is due monthly.\n\nTerm\n\nRenewal\n");
    expect(
      sections.map(({ title: name, level, start }) => [name, level, text.slice(start, start + 4)]),
    ).toEqual([
      ["Lease", 1, "Leas"],
      ["Rent", 1, "Rent"],
      ["Term", 1, "Term"],
      ["Renewal", 2, "Rene"],
    ]);
    expect(title).toBe("Lease");
  });
});

describe("list numbers", () => {
  const level = (i: number, format: string, text: string) =>
    `<w:lvl w:ilvl="${i}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
  const NUMBERING = `<w:abstractNum w:abstractNumId="0">${level(0, "decimal", "%1.")}${level(1, "decimal", "%1.%2")}${level(2, "lowerLetter", "(%3)")}</w:abstractNum>
    <w:abstractNum w:abstractNumId="1">${level(0, "bullet", "•")}</w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>`;
  const item = (text: string, id: number, at: number) =>
    p(text, `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${id}"/></w:numPr>`);

  test("are the ones that Word prints, counted level by level", async () => {
    const body = [
      item("Rent", 1, 0),
      item("It is due monthly", 1, 1),
      item("in advance", 1, 2),
      item("in full", 1, 2),
      item("Deposit", 1, 0),
      item("Two months", 1, 1),
      item("a dog", 2, 0),
      item("a cat", 2, 0),
    ].join("");
    expect(await textOf(body, { numbering: NUMBERING })).toBe(
      "1. Rent\n\n1.1 It is due monthly\n\n(a) in advance\n\n(b) in full\n\n2. Deposit\n\n2.1 Two months\n\n- a dog\n- a cat\n",
    );
  });
});

describe("notes and comments", () => {
  test("stand after the paragraph that they belong to", async () => {
    const note = (kind: string, attributes: string, text: string) =>
      `<w:${kind} ${attributes}>${p(text)}</w:${kind}>`;
    const body = `<w:p><w:r><w:t>The rent</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> is fixed.</w:t></w:r><w:r><w:commentReference w:id="7"/></w:r></w:p>${p("Next.")}`;
    const text = await textOf(body, {
      footnotes:
        note("footnote", 'w:id="0" w:type="separator"', "") +
        note("footnote", 'w:id="2"', "Without heating."),
      comments: note("comment", 'w:id="7" w:author="Ida"', "Really?"),
    });
    expect(text).toBe(
      "The rent[footnote 1] is fixed.\n\n[footnote 1] Without heating.\n\n[comment by Ida] Really?\n\nNext.\n",
    );
  });

  test("headers and footers are said once, page numbers alone are not", async () => {
    const text = await textOf(p("Body."), { header: p("Document HX-7, Rev. C"), footer: p("3") });
    expect(text).toBe("Body.\n\n[header] Document HX-7, Rev. C\n");
  });
});

describe("changes", () => {
  test("deletions are left out and counted, insertions stay", async () => {
    const { text, warnings } = await parse(
      '<w:p><w:r><w:t xml:space="preserve">The tenant may </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del><w:ins><w:r><w:t>keep a dog.</w:t></w:r></w:ins></w:p>',
    );
    expect(text).toBe("The tenant may keep a dog.\n");
    expect(warnings).toEqual(["1 tracked deletion was left out"]);
  });

  test("hidden text is marked", async () => {
    expect(
      await textOf(
        "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r></w:p>",
      ),
    ).toBe("a[hidden text: secret]\n");
  });
});

describe("tables", () => {
  const cell = (text: string, properties = "") => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`;
  const row = (...cells: string[]) => `<w:tr>${cells.join("")}</w:tr>`;

  test("are a line a row", async () => {
    const table = `<w:tbl>${row(cell("Berth"), cell("Fee"))}${row(cell("B1"), cell("710"))}</w:tbl>`;
    expect(await textOf(p("Fees:") + table + p("End."))).toBe("Fees:\n\nBerth | Fee\nB1 | 710\n\nEnd.\n");
  });

  test("a cell that reaches over rows is repeated in each", async () => {
    const table = `<w:tbl>${row(cell("North", '<w:vMerge w:val="restart"/>'), cell("B1"))}${row(cell("", "<w:vMerge/>"), cell("B2"))}${row(cell("South"), cell("B3"))}</w:tbl>`;
    expect(await textOf(table)).toBe("North | B1\nNorth | B2\nSouth | B3\n");
  });

  test("a table in a cell keeps its words, and what follows its place", async () => {
    const inner = `<w:tbl>${row(cell("x"), cell("y"))}</w:tbl>`;
    const table = `<w:tbl>${row(`<w:tc>${inner}${p("")}</w:tc>`, cell("z"))}</w:tbl>`;
    expect((await textOf(table + p("after"))).split(/[\s|]+/)).toEqual(["x", "y", "z", "after", ""]);
  });
});

describe("pages", () => {
  const br = '<w:r><w:br w:type="page"/></w:r>';
  const rendered = "<w:r><w:lastRenderedPageBreak/></w:r>";

  test("are those of Word's last layout; a break noted twice counts once", async () => {
    const { text, pages, warnings } = await parse(
      `${p("One.")}<w:p>${br}</w:p><w:p>${rendered}<w:r><w:t>Two.</w:t></w:r></w:p>`,
    );
    expect(pages.map(({ number, start, end }) => [number, text.slice(start, end)])).toEqual([
      [1, "One.\n\n"],
      [2, "Two.\n"],
    ]);
    expect(warnings).toEqual([]);
  });

  test("that only the author's breaks make are said to be so", async () => {
    const { pages, warnings } = await parse(`${p("One.")}${p("Two.", "<w:pageBreakBefore/>")}`);
    expect(pages).toHaveLength(2);
    expect(warnings).toEqual([expect.stringMatching(/^pages are counted by the page breaks/)]);
  });

  test("are none without breaks", async () => {
    expect((await parse(p("One."))).pages).toEqual([]);
  });
});

describe("what runs hold", () => {
  test("tabs, line breaks, symbols, formulas and fields", async () => {
    expect(
      await textOf(
        '<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><m:oMath><m:f><m:num><m:r><m:t>x</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>',
      ),
    ).toBe("a b\nc☑x/2\n");
  });

  test("a text box is read once, after its paragraph", async () => {
    const box = (text: string) => `<w:txbxContent>${p(text)}</w:txbxContent>`;
    expect(
      await textOf(
        `<w:p><w:r><w:t xml:space="preserve">Before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice>${box("Boxed.")}</mc:Choice><mc:Fallback>${box("Boxed.")}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after.</w:t></w:r></w:p>`,
      ),
    ).toBe("Before after.\n\nBoxed.\n");
  });
});

test("a document without text is refused, and one whose document part is missing", async () => {
  await expect(parse("<w:p/>")).rejects.toThrow("a.docx: is a DOCX document without text");
});
