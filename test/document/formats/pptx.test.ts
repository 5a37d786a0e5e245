import { expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";
import { makeZip } from "../../helpers/zip.ts";

const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SPACES = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="${R}"`;
const relationships = (...rows: (readonly [id: string, type: string, target: string])[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${R}/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;
const shape = (text: string, placeholder = ""): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:txBody>${text
    .split("\n")
    .map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`)
    .join("")}</p:txBody></p:sp>`;
const slide = (shapes: string, show = ""): string =>
  `<p:sld ${SPACES} ${show}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`;

const DECK = makeZip({
  "_rels/.rels": relationships(["r1", "officeDocument", "ppt/presentation.xml"]),
  "ppt/presentation.xml": `<p:presentation ${SPACES}><p:sldIdLst><p:sldId r:id="b"/><p:sldId r:id="a"/></p:sldIdLst></p:presentation>`,
  "ppt/_rels/presentation.xml.rels": relationships(
    ["a", "slide", "slides/slide1.xml"],
    ["b", "slide", "slides/slide2.xml"],
  ),
  "ppt/slides/slide2.xml": slide(
    shape("The quay is deep\nThe crane is old", "<p:ph/>") +
      shape("Harbour plan", '<p:ph type="title"/>') +
      shape("7", '<p:ph type="sldNum"/>') +
      '<p:pic><p:nvPicPr><p:cNvPr id="3" name="y" descr="A map of the quay"/></p:nvPicPr></p:pic>',
  ),
  "ppt/slides/_rels/slide2.xml.rels": relationships(["n", "notesSlide", "../notesSlides/notesSlide1.xml"]),
  "ppt/notesSlides/notesSlide1.xml": `<p:notes ${SPACES}>${shape("Ask for money.", '<p:ph type="body"/>')}${shape("2", '<p:ph type="sldNum"/>')}</p:notes>`,
  "ppt/slides/slide1.xml": slide(
    '<p:graphicFrame><a:tbl><a:tr><a:tc rowSpan="2"><a:txBody><a:p><a:r><a:t>North</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>B1</a:t></a:r></a:p></a:txBody></a:tc></a:tr><a:tr><a:tc vMerge="1"><a:txBody><a:p/></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>B2</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>',
    'show="0"',
  ),
});

test("slides come in the order of the show, with title first, then text, pictures' words and notes", async () => {
  const { text, pages, sections, title, warnings } = await parseBytes(DECK, "deck.pptx");
  expect(pages.map(({ label, start, end }) => [label, text.slice(start, end)])).toEqual([
    [
      "slide 1",
      "Harbour plan\n\n- The quay is deep\n- The crane is old\n\n[picture: A map of the quay]\n\nNotes: Ask for money.\n\n",
    ],
    ["slide 2", "(hidden slide)\n\nNorth | B1\nNorth | B2\n"],
  ]);
  expect(sections).toEqual([{ title: "Harbour plan", level: 1, start: 0 }]);
  expect(title).toBe("Harbour plan");
  expect(warnings).toEqual(["1 picture was not read"]);
});

test("signs of symbol fonts are said as what they show", async () => {
  const run = (font: string, text: string): string => `<a:r><a:rPr>${font}</a:rPr><a:t>${text}</a:t></a:r>`;
  const signs = run('<a:sym typeface="Symbol"/>', "\uf06d") + run('<a:latin typeface="Arial"/>', "g, ");
  const unknown = run('<a:sym typeface="Webdings"/>', "\uf061");
  const { text, warnings } = await parseBytes(
    makeZip({
      "_rels/.rels": relationships(["r1", "officeDocument", "ppt/presentation.xml"]),
      "ppt/presentation.xml": `<p:presentation ${SPACES}><p:sldIdLst><p:sldId r:id="a"/></p:sldIdLst></p:presentation>`,
      "ppt/_rels/presentation.xml.rels": relationships(["a", "slide", "slides/slide1.xml"]),
      "ppt/slides/slide1.xml": slide(`<p:sp><a:p>${signs}${unknown}</a:p></p:sp>`),
    }),
    "a.pptx",
  );
  expect(text).toBe("µg, \ufffd\n");
  expect(warnings).toEqual([
    "1 character stands as U+FFFD: a sign that only its font knows, or a damaged letter",
  ]);
});

test("struck-out text of a slide is left out and said, raised digits stay apart", async () => {
  const run = (text: string, looks = ""): string => `<a:r><a:rPr ${looks}/><a:t>${text}</a:t></a:r>`;
  const paragraph = [
    run("Cells 10"),
    run("6", 'baseline="30000"'),
    run("/mL; give "),
    run("50 mg", 'strike="sngStrike"'),
    run(" 5 mg", 'strike="noStrike" baseline="0"'),
  ].join("");
  const { text, warnings } = await parseBytes(
    makeZip({
      "_rels/.rels": relationships(["r1", "officeDocument", "ppt/presentation.xml"]),
      "ppt/presentation.xml": `<p:presentation ${SPACES}><p:sldIdLst><p:sldId r:id="a"/></p:sldIdLst></p:presentation>`,
      "ppt/_rels/presentation.xml.rels": relationships(["a", "slide", "slides/slide1.xml"]),
      "ppt/slides/slide1.xml": slide(`<p:sp><p:txBody><a:p>${paragraph}</a:p></p:txBody></p:sp>`),
    }),
    "deck.pptx",
  );
  expect(text).toBe("Cells 10⁶/mL; give 5 mg\n");
  expect(warnings).toEqual(['left out 1 struck-out passage: "50 mg"']);
});
