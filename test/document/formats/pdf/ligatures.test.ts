import { PDFDocument, PDFName } from "pdf-lib";
import { expect, test } from "vitest";

import { parseBytes } from "../../../../src/document/parse.ts";

/** Code, glyph's name, what the font's map says of it, and its width in thousandths of the font size. */
type Glyph = readonly [code: number, name: string, said: string, width: number];

const PLAIN: Glyph[] = [..." deinost"].map((letter, i) => [
  65 + i,
  letter === " " ? "space" : letter,
  letter,
  450,
]);
const NARROW = (glyphs: readonly Glyph[]): Glyph[] =>
  glyphs.map(([code, name, said, width]) => [code, name, said, name === "i" ? 250 : width]);
/** As old releases of Ghostscript write it: the last letter of each ligature. */
const CUT: Glyph[] = [
  [73, "h", "h", 500],
  [74, "f", "f", 300],
  [75, "f_i", "i", 520],
  [76, "f_f_i.alt", "i", 800],
  [77, "T_h", "h", 1050],
];

const mapOf = (glyphs: readonly Glyph[], digits: number): string => {
  const hex = (code: number): string => `<${code.toString(16).padStart(digits, "0")}>`;
  const ranges = glyphs.map(([code, , said]) => {
    const text = Buffer.from(said, "utf16le").swap16().toString("hex");
    return `${hex(code)}${hex(code)}<${text}>`;
  });
  return `1 begincodespacerange\n${hex(0)}${hex(16 ** digits - 1)}\nendcodespacerange\n${ranges.length} beginbfrange\n${ranges.join("\n")}\nendbfrange`;
};

/** A PDF of one line in a font, of glyphs by their names; "|" parts those that have more than a letter. */
async function show(
  text: string,
  glyphs: readonly Glyph[],
  { kind = "named", matrix = "1 0 0 1 72 300" } = {},
) {
  const pdf = await PDFDocument.create();
  const { context } = pdf;
  const isWide = kind === "composite";
  const ToUnicode = context.register(context.flateStream(mapOf(glyphs, isWide ? 4 : 2)));
  const named = {
    Type: "Font",
    Subtype: "Type1",
    BaseFont: "ABCDEF+Own",
    FirstChar: glyphs[0]?.[0] ?? 0,
    LastChar: glyphs.at(-1)?.[0] ?? 0,
    Widths: glyphs.map(([, , , width]) => width),
    Encoding: { Type: "Encoding", Differences: glyphs.flatMap((glyph) => glyph.slice(0, 2)) },
    ...(kind === "unmapped" ? {} : { ToUnicode }),
  };
  const below = { Type: "Font", Subtype: "CIDFontType2", BaseFont: "ABCDEF+Own", DW: 500 };
  const W = glyphs.flatMap(([code, , , width]) => [code, [width]]);
  const composite = {
    Type: "Font",
    Subtype: "Type0",
    BaseFont: "ABCDEF+Own-Identity-H",
    Encoding: "Identity-H",
    DescendantFonts: [context.register(context.obj({ ...below, W }))],
    ToUnicode,
  };
  const font = context.register(context.obj(isWide ? composite : named));
  const names = text
    .split("|")
    .flatMap((part) => (part.includes("_") || /^G\d/.test(part) ? [part] : [...part]));
  const codes = names.map(
    (name) => glyphs.find((glyph) => glyph[1] === (name === " " ? "space" : name))?.[0] ?? 0,
  );
  const hex = codes.map((code) => code.toString(16).padStart(isWide ? 4 : 2, "0")).join("");
  const page = pdf.addPage([612, 792]);
  page.node.set(PDFName.of("Resources"), context.obj({ Font: { F: font } }));
  const shown = context.stream(`BT /F 12 Tf ${matrix} Tm <${hex}> Tj ET`);
  page.node.set(PDFName.of("Contents"), context.register(shown));
  return parseBytes(await pdf.save({ useObjectStreams: isWide }), "a.pdf");
}

test.each([
  ["across the page", "1 0 0 1 72 300"],
  ["up the page", "0 1 -1 0 300 72"],
  ["in condensed letters", "0.85 0 0 1 72 300"],
])(
  "ligatures that a font's map cuts to one letter are told by their names and widths, %s",
  async (_, matrix) => {
    const { text } = await show("|T_h|e de|f_i|nition is o|f_f_i.alt|sh", NARROW([...PLAIN, ...CUT]), {
      matrix,
    });
    expect(text).toBe("The definition is offish\n");
  },
);

test("a font of one width keeps the letters that its map says", async () => {
  const wide = [...PLAIN, ...CUT].map(([code, name, said]): Glyph => [code, name, said, 600]);
  expect((await show("de|f_i|ne", wide)).text).toBe("deine\n");
});

test("a font without names has the ligatures that are as wide as their letters", async () => {
  const arial: Glyph[] = [
    ...NARROW(PLAIN),
    [73, "f", "f", 280],
    [74, "f_i", "i", 530],
    [75, "f_f", "f", 560],
  ];
  expect((await show("de|f_i|ned o|f_f| is", arial, { kind: "composite" })).text).toBe("defined off is\n");
  // Small capitals come with other letters twice.
  const small: Glyph[] = [...arial, [76, "E", "e", 600]];
  expect((await show("de|f_i|ned", small, { kind: "composite" })).text).toBe("deined\n");
});

test("a glyph's name tells its letters where the font has no map", async () => {
  const first: Glyph[] = [[31, "f_i", "", 520], ...NARROW(PLAIN)];
  expect((await show("de|f_i|ned", first, { kind: "unmapped" })).text).toBe("defined\n");
});

test("a sign that nobody knows is no gap, and is told of", async () => {
  const first: Glyph[] = [[1, "G01", "", 520], ...PLAIN];
  const { text, warnings } = await show("in |G01|e", first, { kind: "unmapped" });
  expect(text).toBe("in \ufffde\n");
  expect(warnings).toContainEqual(expect.stringMatching(/^1 character stands as U\+FFFD/));
});
