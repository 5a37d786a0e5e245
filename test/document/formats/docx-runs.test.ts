import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { type DocxParts, makeDocx, p } from "../../helpers/make-docx.ts";

const parse = (body: string, parts: DocxParts["parts"] = {}) =>
  parseBytes(makeDocx({ body, parts }), "a.docx");
const run = (text: string, properties = ""): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
const style = (kind: string, id: string, more: string): string =>
  `<w:style w:type="${kind}" w:styleId="${id}"><w:name w:val="${id}"/>${more}</w:style>`;

describe("what styles say of runs", () => {
  const STYLES =
    style("character", "Gone", "<w:rPr><w:strike/></w:rPr>") +
    style("character", "GoneToo", '<w:basedOn w:val="Gone"/>') +
    style("character", "Raised", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>') +
    style("paragraph", "Repealed", "<w:rPr><w:strike/></w:rPr>");

  test("struck-out text is left out and said, raised digits stay apart", async () => {
    const { text, warnings } = await parse(
      `<w:p>${run("Fee is ")}${run("500 ", '<w:rStyle w:val="GoneToo"/>')}${run("700 euros, 10")}${run("6", '<w:rStyle w:val="Raised"/>')}</w:p>${p("Clause 9.", '<w:pStyle w:val="Repealed"/>')}`,
      { styles: STYLES },
    );
    expect(text).toBe("Fee is 700 euros, 10⁶\n");
    expect(warnings).toEqual(['left out 2 struck-out passages: "500", "Clause 9."']);
  });

  test("a run's own properties win, and a style within a style switches off", async () => {
    const { text } = await parse(
      `<w:p><w:pPr><w:pStyle w:val="Repealed"/></w:pPr>${run("kept", '<w:strike w:val="0"/>')}${run(" back", '<w:rStyle w:val="Gone"/>')}${run(" 10", '<w:strike w:val="0"/>')}${run("6", '<w:rStyle w:val="Raised"/><w:strike w:val="0"/><w:vertAlign w:val="baseline"/>')}</w:p>`,
      { styles: STYLES },
    );
    expect(text).toBe("kept back 106\n");
  });

  test("what a tracked change has replaced says nothing", async () => {
    const before = "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>";
    expect((await parse(`<w:p>${run("The rent is 900.", before)}</w:p>`)).text).toBe("The rent is 900.\n");
  });

  test("struck-out text is not repeated where a merged cell goes on", async () => {
    const merge = (kind: string) => `<w:tcPr><w:vMerge w:val="${kind}"/></w:tcPr>`;
    const row = (first: string, second: string) =>
      `<w:tr><w:tc>${first}</w:tc><w:tc>${p(second)}</w:tc></w:tr>`;
    const label = `<w:p>${run("North")}${run(" East", "<w:strike/>")}</w:p>`;
    const { text } = await parse(
      `<w:tbl>${row(merge("restart") + label, "B1")}${row(`${merge("continue")}<w:p/>`, "B2")}</w:tbl>`,
    );
    expect(text).toBe("North | B1\nNorth | B2\n");
  });
});

describe("tracked deletions", () => {
  const end = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";

  test("paragraphs whose border was deleted are one", async () => {
    const { text } = await parse(`<w:p>${end}${run("The fee is 10")}</w:p>${p("00 euros.")}${p("Next.")}`);
    expect(text).toBe("The fee is 1000 euros.\n\nNext.\n");
  });

  test("a paragraph that ends a cell stays in it", async () => {
    const { text } = await parse(
      `<w:tbl><w:tr><w:tc><w:p>${end}${run("a")}</w:p></w:tc><w:tc>${p("b")}</w:tc></w:tr></w:tbl>${p("c")}`,
    );
    expect(text).toBe("a | b\n\nc\n");
  });
});

describe("older forms", () => {
  const field = (data: string): string =>
    `<w:r><w:fldChar w:fldCharType="begin"><w:ffData>${data}</w:ffData></w:fldChar></w:r><w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;

  test.each([
    ["ticked", '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "[x]"],
    ["unticked", '<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "[ ]"],
    ["ticked from the start", '<w:checkBox><w:default w:val="1"/></w:checkBox>', "[x]"],
    [
      "chosen",
      '<w:ddList><w:result w:val="1"/><w:listEntry w:val="A"/><w:listEntry w:val="B"/></w:ddList>',
      "B",
    ],
    ["not chosen", '<w:ddList><w:listEntry w:val="A"/><w:listEntry w:val="B"/></w:ddList>', "A"],
  ])("a field that is %s", async (_, data, shown) => {
    expect((await parse(`<w:p>${run("Answer: ")}${field(data)}</w:p>`)).text).toBe(`Answer: ${shown}\n`);
  });
});
