import { expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { makeDocx, p } from "../../helpers/make-docx.ts";

const level = (at: number, format: string, text: string) =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
const having = (property: string, one: string) => one.replace("<w:lvlText", `${property}<w:lvlText`);
const list = (id: number, ...levels: string[]) =>
  `<w:abstractNum w:abstractNumId="${id}">${levels.join("")}</w:abstractNum>`;
const use = (id: number, of: number, more = "") =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${of}"/>${more}</w:num>`;
const item = (text: string, id: number, at: number) =>
  p(text, `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${id}"/></w:numPr>`);
const linesOf = async (body: string, numbering: string): Promise<string[]> =>
  (await parseBytes(makeDocx({ body, parts: { numbering } }), "a.docx")).text.trimEnd().split(/\n+/);

test("a level for laws shows all its numbers as decimals", async () => {
  const numbering =
    list(
      0,
      level(0, "upperRoman", "Article %1."),
      having("<w:isLgl/>", level(1, "decimalZero", "Section %1.%2")),
    ) + use(1, 0);
  const body = item("Definitions", 1, 0) + item("Payment", 1, 0) + item("It is due.", 1, 1);
  expect(await linesOf(body, numbering)).toEqual([
    "Article I. Definitions",
    "Article II. Payment",
    "Section 2.1 It is due.",
  ]);
});

test("a level that never counts anew goes on behind the next level around it", async () => {
  const numbering =
    list(0, level(0, "decimal", "Part %1"), having('<w:lvlRestart w:val="0"/>', level(1, "decimal", "%2."))) +
    use(1, 0);
  const body = item("One", 1, 0) + item("a", 1, 1) + item("b", 1, 1) + item("Two", 1, 0) + item("c", 1, 1);
  expect(await linesOf(body, numbering)).toEqual(["Part 1 One", "1. a", "2. b", "Part 2 Two", "3. c"]);
});

test("empty numbered paragraphs count and show their number, as in the cells of a protocol", async () => {
  const numbering = list(0, level(0, "decimal", "%1.")) + use(1, 0);
  const row = (text: string) => `<w:tr><w:tc>${item("", 1, 0)}</w:tc><w:tc>${p(text)}</w:tc></w:tr>`;
  const body = `<w:tbl>${row("Swab")}${row("Inject")}</w:tbl>${item("Dispose", 1, 0)}`;
  expect(await linesOf(body, numbering)).toEqual(["1. | Swab", "2. | Inject", "3. Dispose"]);
});

test("an empty paragraph with a bullet shows nothing", async () => {
  const numbering = list(0, level(0, "bullet", "•")) + use(1, 0);
  expect(await linesOf(item("a", 1, 0) + item("", 1, 0) + item("b", 1, 0), numbering)).toEqual([
    "- a",
    "- b",
  ]);
});

test("one use of a list may have a level of its own", async () => {
  const override = `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>${level(0, "lowerLetter", "(%1)")}</w:lvlOverride>`;
  const numbering = list(0, level(0, "decimal", "%1.")) + use(1, 0) + use(2, 0, override);
  expect(await linesOf(item("one", 1, 0) + item("x", 2, 0) + item("y", 2, 0), numbering)).toEqual([
    "1. one",
    "(a) x",
    "(b) y",
  ]);
});

test("Russian letters count without those that no list has", async () => {
  const numbering = list(0, level(0, "russianLower", "%1)")) + use(1, 0);
  const body = Array.from({ length: 10 }, (_, i) => item(`${i}`, 1, 0)).join("");
  expect((await linesOf(body, numbering)).map((line) => line[0]).join("")).toBe("абвгдежзик");
});
