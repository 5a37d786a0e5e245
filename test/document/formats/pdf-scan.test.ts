import { expect, test } from "vitest";
import { isUnread } from "../../../src/document/pages.ts";
import { type ParseOptions, parseBytes } from "../../../src/document/parse.ts";
import type { Recogniser } from "../../../src/document/recognition.ts";
import { makePdf, type PdfPage } from "../../helpers/make-pdf.ts";

const picture = (width: number, height: number): string =>
  `q ${width} 0 0 ${height} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q`;
const line = (text: string, y: number, mode = 0): string =>
  `BT ${mode} Tr /F 11 Tf 72 ${y} Td (${text}) Tj ET`;
const page = (...operators: string[]): PdfPage => ({ operators: operators.join("\n") });

const HEADER = "Case 1:20-cv-01234 Document 5 Filed 01/02/21";
const SCAN = page(picture(612, 792), line(HEADER, 770));
const BODY = ["The rent is due", "on the third", "of each month", "without fail", "or delay", "at all"];
const printed = (before: string): PdfPage => page(before, ...BODY.map((text, i) => line(text, 600 - i * 14)));

/** Finds one text in every picture, and counts them. */
function recogniser(text: string): Recogniser & { announced: number; seen: string[] } {
  const found = {
    engine: "stand-in 1",
    languages: ["eng"],
    announced: 0,
    seen: [] as string[],
    announce: (_: string, pictures: number) => {
      found.announced += pictures;
    },
    recognise: async (_: Uint8Array, name: string) => {
      found.seen.push(name);
      return { text, confidence: 90 };
    },
  };
  return found;
}

const parse = (pages: readonly PdfPage[], options?: ParseOptions) =>
  parseBytes(makePdf(pages), "a.pdf", options);

test("a scan with a court's header or a stamp is unread, and said", async () => {
  const stamp = page(picture(612, 792), line("RECEIVED", 400), line("4 May 2021, registry no. 17", 380));
  const { pages, warnings } = await parse([printed(""), SCAN, stamp]);
  expect(pages.map(isUnread)).toEqual([false, true, true]);
  expect(warnings).toContain(
    "pages 2-3 are pictures with little text on them (a stamp, a header); `focus ocr pull eng` installs what recognises the rest",
  );
});

test("it is recognised, and what is printed on it is not said twice", async () => {
  const found = recogniser(`${HEADER}\nThe court finds for the plaintiff.`);
  const { text, pages, warnings } = await parse([printed(""), SCAN], { recogniser: found });
  expect(found.seen).toEqual(["a.pdf, page 2"]);
  expect(text).toContain(`${HEADER}\nThe court finds for the plaintiff.\n`);
  expect(text.split(HEADER)).toHaveLength(2);
  expect(pages.map(isUnread)).toEqual([false, false]);
  expect(warnings).toEqual([
    "the text of 1 page was recognised from pictures and may have errors (90 % sure)",
  ]);
});

test("where no more is recognised it stays unread, and nothing is to be installed", async () => {
  const { pages, warnings } = await parse([printed(""), SCAN, page(picture(612, 792))], {
    recogniser: recogniser(""),
  });
  expect(pages.map(isUnread)).toEqual([false, true, true]);
  expect(warnings).toEqual([
    "page 3 has no text (scanned, or a picture); text recognition found none",
    "page 2 is a picture with little text on it (a stamp, a header); text recognition found none",
  ]);
});

test.each([
  ["a page of text upon a picture", printed(picture(612, 792))],
  [
    "a letterhead with a small picture",
    page(picture(200, 200), line("A short note about the rent to you all.", 400)),
  ],
  [
    "a scan whose text was recognised before",
    page(picture(612, 792), line("A short note about the rent to you all.", 400, 3)),
  ],
  [
    "the same, with its text below",
    page(line("A short note about the rent to you all.", 400), picture(612, 792)),
  ],
])("%s is read as it is", async (_, one) => {
  const found = recogniser("nonsense");
  const { pages } = await parse([one], { recogniser: found });
  expect(found.seen).toEqual([]);
  expect(pages.map(isUnread)).toEqual([false]);
});

test("only pages that are asked for are recognised, and spoken of", async () => {
  const found = recogniser("The court finds for the plaintiff.");
  const empty = page(picture(612, 792));
  const comment = { ...printed(""), annotations: ["/Subtype/Text/Contents(Why?)/Rect[0 0 9 9]"] };
  const pages = [{ first: 2, last: 2 }];
  const scan = await parse([comment, empty, empty], { recogniser: found, pages });
  expect([found.announced, found.seen]).toEqual([1, ["a.pdf, page 2"]]);
  expect(scan.text).toBe("The court finds for the plaintiff.\n");
  expect(scan.warnings).toEqual([
    "the text of 1 page was recognised from pictures and may have errors (90 % sure)",
  ]);
  const unread = await parse([comment, empty, empty], { pages: [{ first: 1, last: 2 }] });
  expect(unread.warnings).toEqual([
    "page 2 has no text (scanned, or a picture); `focus ocr pull eng` installs what recognises it",
    "1 comment is in the text, marked [comment: …]",
  ]);
});
