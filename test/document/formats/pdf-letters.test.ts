import { PDFDocument, PDFName, type PDFRef } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { lettersOf } from "../../../src/document/formats/pdf/glyph-names.ts";
import { parseBytes } from "../../../src/document/parse.ts";

/** A font of boxes that has a glyph of each name, and the operators that show a text in it. */
type Font = {
  readonly first: number;
  readonly glyphs: readonly string[];
  readonly name?: string;
  /** Of a unit of its glyphs in font sizes, and the font size; its letters are 12 points high. */
  readonly scale?: number;
  readonly size?: number;
};

/** A PDF of one page that shows codes in Type 3 fonts, a line for each. */
async function makeType3(lines: readonly { readonly font: Font; readonly codes: Uint8Array }[]) {
  const pdf = await PDFDocument.create();
  const { context } = pdf;
  const fontOf = ({ first, glyphs, name, scale = 0.001, size = 12 }: Font): PDFRef => {
    const unit = 12 / (scale * size) / 1000;
    const draw = context.register(
      context.stream(
        `${500 * unit} 0 0 0 ${500 * unit} ${700 * unit} d1 0 0 ${400 * unit} ${600 * unit} re f`,
      ),
    );
    return context.register(
      context.obj({
        Type: "Font",
        Subtype: "Type3",
        ...(name === undefined ? {} : { BaseFont: name }),
        FontBBox: [0, 0, 500 * unit, 900 * unit],
        FontMatrix: [scale, 0, 0, scale, 0, 0],
        FirstChar: first,
        LastChar: first + glyphs.length - 1,
        Widths: glyphs.map(() => 500 * unit),
        CharProcs: Object.fromEntries(glyphs.map((glyph) => [glyph, draw])),
        Encoding: { Type: "Encoding", Differences: [first, ...glyphs] },
        Resources: {},
      }),
    );
  };
  const page = pdf.addPage([612, 792]);
  const fonts = Object.fromEntries(lines.map(({ font }, i) => [`F${i}`, fontOf(font)]));
  const shown = lines.map(({ font: { size = 12 }, codes }, i) => {
    const hex = Buffer.from(codes).toString("hex");
    return `BT /F${i} ${size} Tf 72 ${700 - 20 * i} Td <${hex}> Tj ET`;
  });
  page.node.set(PDFName.of("Resources"), context.obj({ Font: fonts }));
  page.node.set(PDFName.of("Contents"), context.register(context.stream(shown.join("\n"))));
  return pdf;
}

const range = (first: number, glyphs: number, nameOf: (code: number) => string): Font => ({
  first,
  glyphs: Array.from({ length: glyphs }, (_, i) => nameOf(first + i)),
});
const codes = (text: string): Uint8Array => Buffer.from(text, "latin1");
const textOf = async (bytes: Uint8Array): Promise<string> => (await parseBytes(bytes, "a.pdf")).text;
/** From "A" on: T, h, e, space, … */
const NAMED: Font = {
  first: 65,
  glyphs: ["T", "h", "e", "space", "k", "p", "r", "i", "s", "eacute", "alpha", "fi", "uni20AC", "n"],
};

describe("Type 3 fonts without a map of letters", () => {
  test.each([true, false])("say them by the names of their glyphs, packed: %s", async (useObjectStreams) => {
    const pdf = await makeType3([{ font: NAMED, codes: codes("ABCDECCFCGDHIDLNCMDJK") }]);
    expect(await textOf(await pdf.save({ useObjectStreams }))).toBe("The keeper is fine€ éα\n");
  });

  test.each([
    ["a97", range(11, 112, (code) => `a${code}`)],
    ["dvips", range(11, 112, (code) => (360 + code).toString(36).toUpperCase())],
  ])("of TeX are named after their codes (%s), ligatures among them", async (_, font) => {
    const pdf = await makeType3([{ font, codes: codes("The e\x0eciency of \x0dow and \x0cre") }]);
    expect(await textOf(await pdf.save())).toBe("The efficiency of flow and fire\n");
  });

  test("may have glyphs that are named after their codes in numbers", async () => {
    const numbered = range(32, 224, String);
    const pdf = await makeType3([{ font: numbered, codes: codes("Qualit\xe0 5") }]);
    expect(await textOf(await pdf.save())).toBe("Qualità 5\n");
  });

  test("of two that give one code different letters, each is known by its own name", async () => {
    const other: Font = { first: 65, glyphs: ["u", "n", "d", "e", "r", "w", "a", "t"], name: "Other" };
    const pdf = await makeType3([
      { font: { ...NAMED, name: "One" }, codes: codes("ABCDECCFCG") },
      { font: other, codes: codes("ABCDEFGHDE") },
    ]);
    expect(await textOf(await pdf.save())).toBe("The keeper\nunderwater\n");
  });

  test("are not known where they have no name and do not agree, where names mean nothing, or PDFium drops letters", async () => {
    const other: Font = { first: 65, glyphs: ["u", "n", "d", "e", "r", "w", "a", "t"] };
    const twins = [
      { font: NAMED, codes: codes("ABCDECCFCG") },
      { font: other, codes: codes("ABCDEFGHDE") },
    ];
    const numbered = [{ font: range(65, 14, (code) => `g${code - 60}`), codes: codes("ABCDECCFCG") }];
    const low = [
      { font: { ...NAMED, first: 1 }, codes: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 5, 6, 7, 8, 9) },
    ];
    for (const lines of [twins, numbered, low])
      await expect(
        makeType3(lines)
          .then((pdf) => pdf.save())
          .then(textOf),
      ).rejects.toThrow("do not say which letters");
  });

  test("are as large as they are drawn, whatever size they are said to have", async () => {
    const font = { ...range(65, 58, (code) => `a${code}`), scale: 1, size: 0.5 };
    const pdf = await makeType3([{ font, codes: codes("ALargeTextInUnitsOfItsOwn") }]);
    const { text, warnings } = await parseBytes(await pdf.save(), "a.pdf");
    expect([text, warnings]).toEqual(["ALargeTextInUnitsOfItsOwn\n", []]);
  });
});

test.each([
  ["A", "A"],
  ["eacute", "é"],
  ["Scedilla", "Ş"],
  ["f_i.alt", "fi"],
  ["u1F600", "😀"],
  ["quotedblright", "”"],
  [".notdef", undefined],
  ["g17", undefined],
  ["a97", undefined],
])("a glyph named %s is %s", (name, letters) => {
  expect(lettersOf(name)).toBe(letters);
});

test.each(["", "/ToUnicode/Identity-H"])("a font may say that its codes are Unicode: %j", async (map) => {
  const pdf = await PDFDocument.create();
  const { context } = pdf;
  const glyphs = context.register(
    context.obj({ Type: "Font", Subtype: "CIDFontType2", BaseFont: "Own", DW: 500 }),
  );
  const font = context.register(
    context.obj({
      Type: "Font",
      Subtype: "Type0",
      BaseFont: "Own",
      Encoding: "Identity-H",
      DescendantFonts: [glyphs],
      ...(map === "" ? {} : { ToUnicode: "Identity-H" }),
    }),
  );
  const page = pdf.addPage([612, 792]);
  const hex = Buffer.from("Żwirki i Wigury 7", "utf16le").swap16().toString("hex");
  page.node.set(PDFName.of("Resources"), context.obj({ Font: { F: font } }));
  const shown = context.stream(`BT /F 12 Tf 72 700 Td <${hex}> Tj ET`);
  page.node.set(PDFName.of("Contents"), context.register(shown));
  const text = textOf(await pdf.save()).catch((error) => error.message);
  expect(await text).toMatch(map === "" ? /do not say which letters/u : /^Żwirki i Wigury 7\n$/u);
});
