import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";

const parse = (rtf: string) =>
  parseBytes(Buffer.from(`{\\rtf1\\ansi\\ansicpg1252 ${rtf}}`, "latin1"), "a.rtf");
const textOf = async (rtf: string): Promise<string> => (await parse(rtf)).text;

describe("text", () => {
  test.each([
    ["One\\par Two\\line three", "One\n\nTwo\nthree\n"],
    ["caf\\'e9 \\u8364?5 {\\uc2\\u8211 ab}x \\{y\\}", "café €5 –x {y}\n"],
    ["a\\tab b\\emdash c\\~d\\_e", "a b—c d‑e\n"],
    ["{\\*\\unknown no}{\\info{\\author no}}{\\field{\\*\\fldinst HYPERLINK no}{\\fldrslt yes}}", "yes\n"],
    ["a{\\v hidden}b", "a[hidden text: hidden]b\n"],
    ["x{\\bin3 }{}\\par}y", "x\n\ny\n"],
  ])("%s", async (rtf, text) => {
    expect(await textOf(rtf)).toBe(text);
  });

  test("fonts have code pages of their own, double-byte characters too", async () => {
    expect(
      await textOf(
        "{\\fonttbl{\\f1\\fcharset204 Arial;}{\\f2\\fcharset128 Mincho;}}{\\f1 \\'cf\\'f0\\'e8}{\\f2  \\'93\\'fa\\'96{\\'7b}}",
      ),
    ).toMatch(/^При ?日/);
  });
});

describe("structure", () => {
  test("headings by style and by outline level", async () => {
    const { text, sections, title } = await parse(
      "{\\stylesheet{\\s1 heading 1;}{\\s2 heading 2;}}{\\info{\\title Lease}}\\pard\\s1 Rent\\par\\pard It is due.\\par\\pard\\outlinelevel1 Term\\par",
    );
    expect(text).toBe("Rent\n\nIt is due.\n\nTerm\n");
    expect(sections.map(({ title: name, level }) => [name, level])).toEqual([
      ["Rent", 1],
      ["Term", 2],
    ]);
    expect(title).toBe("Rent");
  });

  test("table rows are lines", async () => {
    expect(
      await textOf(
        "Fees:\\par\\trowd\\pard\\intbl Berth\\cell Fee\\cell\\row\\trowd\\pard\\intbl B1\\par x\\cell 710\\cell\\row\\pard End.",
      ),
    ).toBe("Fees:\n\nBerth | Fee\nB1 x | 710\n\nEnd.\n");
  });

  test("footnotes come after their paragraph, deletions and pictures are counted", async () => {
    const { text, warnings } = await parse(
      "Rent{\\super\\chftn}{\\footnote\\pard Without heating.} is {\\deleted not }fixed.{\\pict\\pngblip 89504e47}\\par Next.",
    );
    expect(text).toBe("Rent[footnote 1] is fixed.\n\n[footnote 1] Without heating.\n\nNext.\n");
    expect(warnings).toEqual(["1 tracked deletion was left out", "1 picture was not read"]);
  });

  test("pages are the author's", async () => {
    const { text, pages } = await parse("One.\\page Two.");
    expect(pages.map(({ start, end }) => text.slice(start, end))).toEqual(["One.\n\n", "Two.\n"]);
  });
});

describe("forms", () => {
  const field = (data: string, result = "") =>
    `{\\field{\\*\\fldinst FORM{\\*\\formfield{${data}}}}{\\fldrslt ${result}}}`;
  test.each([
    ["a ticked box", field("\\fftype1\\ffres1\\ffdefres0{\\*\\ffname C}"), "[x]"],
    ["a box that was ticked from the start", field("\\fftype1\\ffres25\\ffdefres1"), "[x]"],
    ["an unticked box", field("\\fftype1\\ffres0\\ffdefres1"), "[ ]"],
    ["a list", field("\\fftype2\\ffres1{\\*\\ffl England}{\\*\\ffl Scotland}"), "Scotland"],
    ["a text", field("\\fftype0{\\*\\ffdeftext none}", "Anna"), "Anna"],
  ])("%s says its answer", async (_, data, shown) => {
    expect(await textOf(`Answer: ${data} end`)).toBe(`Answer: ${shown} end\n`);
  });
});
