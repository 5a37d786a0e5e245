import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { makeXlsx, type XlsxParts } from "../../helpers/make-xlsx.ts";

const parse = (parts: XlsxParts) => parseBytes(makeXlsx(parts), "a.xlsx");
const sheet = (data: string) => ({ sheets: [{ name: "S", data: `<sheetData>${data}</sheetData>` }] });
const bodyOf = async (parts: XlsxParts): Promise<string> => (await parse(parts)).text.replace(/^S\n\n/, "");

describe("a workbook", () => {
  test("has a page and a section for each sheet, a line for each row", async () => {
    const { text, pages, sections, warnings } = await parse({
      strings: ["Berth", "Fee", "B137"],
      sheets: [
        {
          name: "Berths",
          data: '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>710</v></c></row></sheetData>',
        },
        {
          name: "Old",
          state: "hidden",
          data: '<sheetData><row r="4"><c r="C4" t="inlineStr"><is><t>x</t></is></c></row></sheetData>',
        },
      ],
    });
    expect(text).toBe("Berths\n\nBerth | Fee\nB137 | 710\n\nOld (hidden sheet)\n\nx\n");
    expect(pages.map(({ number, label, start }) => [number, label, start])).toEqual([
      [1, "sheet Berths", 0],
      [2, "sheet Old", text.indexOf("Old")],
    ]);
    expect(sections.map(({ title }) => title)).toEqual(["Berths", "Old"]);
    expect(warnings).toEqual([]);
  });
});

describe("cells", () => {
  const STYLES = `<numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="#,##0 &quot;days&quot;"/></numFmts>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs>`;
  test.each([
    ["<c><v>0.30000000000000004</v></c>", "0.3"],
    ["<c><v>4006381333931</v></c>", "4006381333931"],
    ['<c s="1"><v>45365</v></c>', "2024-03-14"],
    ['<c s="2"><v>45365.75</v></c>', "2024-03-14 18:00"],
    ['<c s="1"><v>1</v></c>', "1900-01-01"],
    ['<c s="5"><v>0.770833333333333</v></c>', "18:30"],
    ['<c s="3"><v>0.125</v></c>', "12.5%"],
    ['<c s="4"><v>30</v></c>', "30"],
    ['<c t="b"><v>1</v></c>', "TRUE"],
    ['<c t="str"><f>A1&amp;"x"</f><v>ax</v></c>', "ax"],
    ["<c><f>SUM(A1:A3)</f></c>", "=SUM(A1:A3)"],
    ['<c t="e"><v>#DIV/0!</v></c>', "#DIV/0!"],
    ['<c t="inlineStr"><is><r><t>two </t></r><r><t>runs\nand lines</t></r></is></c>', "two runs and lines"],
  ])("%s is shown as %s", async (cell, shown) => {
    expect(await bodyOf({ ...sheet(`<row>${cell}</row>`), styles: STYLES })).toBe(`${shown}\n`);
  });

  test("empty columns are left out, empty cells between others are not", async () => {
    const data =
      '<row r="1"><c r="B1"><v>1</v></c><c r="D1"><v>2</v></c></row><row r="2"><c r="C2"><v>3</v></c></row><row r="9"><c r="XFD9"><v>4</v></c></row>';
    expect(await bodyOf(sheet(data))).toBe("1 |  | 2\n | 3\n\n |  |  | 4\n");
  });

  test("merged cells are repeated down and across, a title over a table is not", async () => {
    const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const data = `<sheetData><row r="1">${cell("A1", "Title")}</row><row r="2">${cell("A2", "North")}${cell("B2", "x")}</row><row r="3">${cell("B3", "y")}</row></sheetData><mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:A3"/></mergeCells>`;
    expect(await bodyOf({ sheets: [{ name: "S", data }] })).toBe("Title\nNorth | x\nNorth | y\n");
  });

  test("comments stand in their cell", async () => {
    const data = '<sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData>';
    const comments = '<comment ref="A1"><text><r><t>checked</t></r></text></comment>';
    expect(await bodyOf({ sheets: [{ name: "S", data, comments }] })).toBe("7 [comment: checked]\n");
  });
});

test("100,000 rows are read in a few seconds", async () => {
  const rows = Array.from(
    { length: 100_000 },
    (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c><c r="B${i + 1}"><v>1</v></c></row>`,
  );
  const start = performance.now();
  const { text } = await parse(sheet(rows.join("")));
  expect(text.split("\n")).toHaveLength(100_003);
  expect(performance.now() - start).toBeLessThan(8000);
});

test("a workbook that says one long text again and again is refused", async () => {
  const rows = Array.from({ length: 200 }, (_, i) => `<row><c r="A${i + 1}" t="s"><v>0</v></c></row>`);
  await expect(parse({ ...sheet(rows.join("")), strings: ["x".repeat(1e6)] })).rejects.toThrow(
    "a.xlsx: its cells have more than 128 million characters, the limit",
  );
});
