import { expect, test } from "vitest";
import { parseBytes } from "../../../src/document/parse.ts";
import { makeDocx } from "../../helpers/make-docx.ts";

const LOST = "1 character stands as U+FFFD: a sign that only its font knows, or a damaged letter";

const sym = (font: string, code: string): string =>
  `<w:r><w:t xml:space="preserve"> </w:t></w:r><w:r><w:sym w:font="${font}" w:char="${code}"/></w:r>`;

test("signs of symbol fonts are said in Word, by code and in runs of such a font", async () => {
  const run =
    '<w:r><w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr><w:t>\uf0a3\uf020\uf0b1</w:t></w:r>';
  const signs = [
    sym("Symbol", "F06D"),
    sym("Symbol", "B3"),
    sym("Wingdings", "F0FE"),
    sym("Wingdings 2", "F052"),
    sym("Arial", "20AC"),
    sym("Webdings", "F061"),
  ];
  const { text, warnings } = await parseBytes(
    makeDocx({ body: `<w:p>${signs.join("")}${run}</w:p>` }),
    "a.docx",
  );
  expect(text).toBe("µ ≥ ☑ ☑ € �≤ ±\n");
  expect(warnings).toEqual([LOST]);
});

const rtf = (body: string) => {
  const fonts =
    "{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f3\\froman\\fcharset2 Symbol;}{\\f4\\fcharset2 Wingdings;}}";
  return parseBytes(Buffer.from(`{\\rtf1\\ansi${fonts}${body}}`), "a.rtf");
};
const field = (instruction: string, result = ""): string =>
  `{\\field{\\*\\fldinst ${instruction}}{\\fldrslt{\\f3 ${result}}}}`;

test.each([
  ["500 {\\f3\\'6d}g if {\\f3\\'b3} 38.5", "500 µg if ≥ 38.5\n"],
  ["{\\f3 a}-error {\\f4\\'fc}", "α-error ✓\n"],
  ["{\\f3\\u-3987 m}g", "µg\n"],
  [
    `${field('SYMBOL 109 \\\\f "Symbol" \\\\s 12')}g and ${field("SYMBOL 0x6d \\\\f Symbol", "m")}g`,
    "µg and µg\n",
  ],
  [`${field('HYPERLINK "https://example.org"\\tab', "b")} is ${field("PAGE")}it`, "β is it\n"],
])("signs of symbol fonts are said in RTF: %s", async (body, text) => {
  expect(await rtf(body)).toMatchObject({ text, warnings: [] });
});

test("a sign that is not known is counted in RTF", async () => {
  expect(await rtf("a {\\f4\\'91} b")).toMatchObject({ text: "a � b\n", warnings: [LOST] });
});
