import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { makeXlsx, type SheetXml, type XlsxParts } from "../../helpers/make-xlsx.ts";

const parse = (sheet: Omit<SheetXml, "name">, more: Omit<XlsxParts, "sheets"> = {}) =>
  parseBytes(makeXlsx({ sheets: [{ name: "S", ...sheet }], ...more }), "a.xlsx");
const row = (...cells: string[]) => `<sheetData><row r="1">${cells.join("")}</row></sheetData>`;
const text = (words: string, style = 0) => `<c t="inlineStr" s="${style}"><is><t>${words}</t></is></c>`;

describe("what is struck out or raised", () => {
  const RUNS =
    '<r><t>WBC 10</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>9</t></r><r><t>/L, </t></r><r><rPr><strike/></rPr><t>20 mg</t></r><r><rPr><strike val="0"/></rPr><t>5 mg</t></r>';

  test("in a text of several runs, shared or in its cell", async () => {
    const data = row('<c t="s"><v>0</v></c>', `<c t="inlineStr"><is>${RUNS}</is></c>`);
    const document = await parse({ data }, { strings: [RUNS] });
    expect(document.text).toBe("S\n\nWBC 10⁹/L, 5 mg | WBC 10⁹/L, 5 mg\n");
    expect(document.warnings).toEqual(['left out 2 struck-out passages: "20 mg", "20 mg"']);
  });

  test("in a cell whose font strikes it out, numbers too", async () => {
    const styles =
      '<fonts><font/><font><strike/></font></fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="0" fontId="1"/></cellXfs>';
    const data = row(text("Order"), text("cancelled", 1), '<c s="1"><v>4711</v></c>', text("kept"));
    const document = await parse({ data }, { styles });
    expect(document.text).toBe("S\n\nOrder | kept\n");
    expect(document.warnings).toEqual(['left out 2 struck-out passages: "cancelled", "4711"']);
  });
});

test.each([
  ["[h]:mm", 1.5625, "37:30"],
  ["[h]:mm:ss", 0.5, "12:00:00"],
  ["[mm]:ss", 0.0625, "90:00"],
  ['[h]" h "mm" min"', 1.5625, "37 h 30 min"],
  ["[Red][h]:mm;-[h]:mm", -0.25, "-6:00"],
  ["h:mm", 0.5, "12:00"],
])("%s shows %d as %s", async (code, value, shown) => {
  const styles = `<numFmts><numFmt numFmtId="164" formatCode="${code.replaceAll('"', "&quot;")}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>`;
  const data = row(`<c s="0"><v>${value}</v></c>`);
  expect((await parse({ data }, { styles })).text).toBe(`S\n\n${shown}\n`);
});

test("the built-in format of durations is one", async () => {
  const styles = '<cellXfs><xf numFmtId="46"/></cellXfs>';
  expect((await parse({ data: row("<c><v>7.0625</v></c>") }, { styles })).text).toBe("S\n\n169:30:00\n");
});

test("comments on empty cells, text boxes and the words of pictures follow the cells; pictures and charts are counted", async () => {
  const comment = (cell: string, words: string) =>
    `<comment ref="${cell}"><text><t>${words}</t></text></comment>`;
  const drawing =
    '<xdr:sp><xdr:txBody><a:p><a:r><a:t>All prices</a:t></a:r></a:p><a:p><a:r><a:t>exclude VAT.</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" descr="A map"/></xdr:nvPicPr></xdr:pic><xdr:graphicFrame><c:chart/></xdr:graphicFrame>';
  const { text: all, warnings } = await parse({
    data: row('<c r="A1" t="inlineStr"><is><t>Fee</t></is></c>'),
    comments: comment("A1", "seen") + comment("D9", "Agreed by phone."),
    drawing,
  });
  expect(all).toBe(
    "S\n\nFee [comment: seen]\n\n[comment on D9: Agreed by phone.]\n[text box: All prices exclude VAT.]\n[picture: A map]\n",
  );
  expect(warnings).toEqual(["1 chart was not read", "1 picture was not read"]);
});
