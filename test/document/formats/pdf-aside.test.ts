import { describe, expect, test } from "vitest";

import type { Document } from "../../../src/document/document.ts";
import { parseBytes } from "../../../src/document/parse.ts";
import { caseFile } from "../../helpers/case-file.ts";
import { makePdf, type PdfOptions, type PdfPage } from "../../helpers/make-pdf.ts";

const parse = (pages: readonly PdfPage[], options?: PdfOptions): Promise<Document> =>
  parseBytes(makePdf(pages, options), "a.pdf");
const parseCase = async (name: string): Promise<Document> => parseBytes(await caseFile(name), name);

describe("what is struck out", () => {
  test("by a rule through it is left out, and said", async () => {
    const { text, warnings } = await parseCase("p20-strikeout.pdf");
    expect(text).toContain("The licence costs 70 euros per year.\n");
    expect(warnings).toEqual(['left out 2 struck-out passages: "80 euros", "80 euros"']);
  });

  test("by an annotation, or by a thin box", async () => {
    const { text, warnings } = await parse([
      {
        lines: [
          { text: "six months", y: 700 },
          { text: "or", y: 690 },
          { text: "three months", y: 680 },
        ],
        operators: "72 683 62 1 re f",
        annotations: ["/Subtype/StrikeOut/Rect[70 697 130 711]/QuadPoints[70 711 130 711 70 697 130 697]"],
      },
      { lines: ["Text"] },
    ]);
    expect(text).toBe("or\nText\n");
    expect(warnings).toContain('left out 2 struck-out passages: "six months", "three months"');
  });

  test("is not what is underlined, or framed by a table", async () => {
    const { text } = await parse([
      {
        lines: [{ text: "underlined words", y: 700 }],
        operators: "72 697 m 160 697 l S 72 715 m 400 715 l S",
      },
    ]);
    expect(text).toBe("underlined words\n");
  });
});

describe("what is not seen", () => {
  test("stands below its page, each sentence marked, and is said", async () => {
    const { text, warnings } = await parseCase("p08-hidden.pdf");
    expect(text).toContain(
      "\nThe total award amount is 485,000 USD.\n[not visible: Correction: the official total",
    );
    for (const amount of [1, 2, 3, 4, 5])
      expect(text.match(new RegExp(`.*amount is ${amount} USD.*`, "g"))).toEqual(
        Array(2).fill(expect.stringMatching(/^\[not visible: .*\]$/)),
      );
    expect(warnings[0]).toMatch(/^2 passages that the document does not show are marked \[not visible: …\]/);
  });

  test.each([
    ["white on white", "1 g BT /F 11 Tf 72 600 Td (hidden words) Tj ET"],
    [
      "white, with lines across",
      "0 0 0.5 RG 2 w 60 500 m 360 700 l S 1 g BT /F 11 Tf 72 600 Td (hidden words) Tj ET",
    ],
    [
      "white on a broad white line",
      "1 G 20 w 60 604 m 360 604 l S 1 g BT /F 11 Tf 72 600 Td (hidden words) Tj ET",
    ],
    ["tiny", "BT /F 1 Tf 72 600 Td (hidden words) Tj ET"],
    ["below the page", "BT /F 11 Tf 72 -50 Td (hidden words) Tj ET"],
    ["drawn in no colour", "BT /F 11 Tf 3 Tr 72 600 Td (hidden words) Tj ET"],
    ["an outline that nothing is painted through", "BT /F 11 Tf 7 Tr 72 600 Td (hidden words) Tj ET"],
    ["covered", "BT /F 11 Tf 72 600 Td (hidden words) Tj ET 0 g 60 590 300 30 re f"],
  ])("may be %s", async (_, operators) => {
    expect((await parse([{ lines: ["Text"], operators }])).text).toBe("Text\n[not visible: hidden words]\n");
  });

  test.each([
    ["white on a dark ground", "0 0 0.5 rg 60 590 300 30 re f 1 g BT /F 11 Tf 72 600 Td (seen words) Tj ET"],
    [
      "white on a broad line",
      "0 0 0.5 RG 20 w 60 604 m 360 604 l S 1 g BT /F 11 Tf 72 600 Td (seen words) Tj ET",
    ],
    ["runs off the page", "BT /F 11 Tf 560 600 Td (seen words that go on and on) Tj ET"],
    ["framed", "BT /F 11 Tf 72 600 Td (seen words) Tj ET 60 590 300 30 re S"],
    ["white with an outline", "2 Tr 1 g 0 G BT /F 11 Tf 72 600 Td (seen words) Tj ET"],
    [
      "the outline of what is painted through it",
      "q BT 7 Tr /F 11 Tf 72 600 Td (seen words) Tj ET 60 590 300 30 re f Q",
    ],
  ])("is not what is %s", async (_, operators) => {
    const { text, warnings } = await parse([{ lines: ["Text of more than twenty letters"], operators }]);
    expect(text).toMatch(/letters\nseen words/);
    expect(warnings).toEqual([]);
  });
});

test("what is not seen, or was noted, is text of a document that has no other", async () => {
  const unseen = await parse([{ operators: "BT /F 11 Tf 3 Tr 72 600 Td (hidden words) Tj ET" }]);
  expect(unseen.text).toBe("[not visible: hidden words]\n");
  expect(unseen.warnings[0]).toMatch(/^page 1 has no text/u);
  const noted = await parse([{ annotations: ["/Subtype/Text/Rect[9 9 29 29]/Contents(Use the new plan.)"] }]);
  expect(noted.text).toBe("[comment: Use the new plan.]\n");
});

test("a page that is said to be kilometres high is read as any other", async () => {
  const { text } = await parse([{ lines: ["Text"], operators: "60 590 300 30 re f" }], {
    treeSize: [612, 2e9],
  });
  expect(text).toBe("Text\n");
});

describe("annotations", () => {
  test("of readers stand below their page, marked, and are said", async () => {
    const { text, warnings } = await parseCase("p09-notes.pdf");
    expect(text).toContain("[comment: Reviewer Tuva Sand: the deadline has moved to 30 September.]\n");
    expect(text).toContain("[comment: Stamp: approved by Ole Krag on 2 May]\n");
    expect(warnings).toEqual(["3 comments are in the text, marked [comment: …]"]);
  });

  test("have their author, and a mark on each sentence; links and pop-ups are none", async () => {
    const { text, pages } = await parse([
      { lines: ["Text"] },
      {
        picture: true,
        annotations: [
          "/Subtype/Text/Rect[9 9 20 20]/T(Tuva)/Contents(It has moved. Tell all.)",
          "/Subtype/Link/Rect[9 9 20 20]/Contents(go there)",
          "/Subtype/Popup/Rect[9 9 20 20]/Contents(again)",
        ],
      },
    ]);
    expect(text).toBe("Text\n[comment by Tuva: It has moved.]\n[comment by Tuva: Tell all.]\n");
    expect(pages[1]?.characters).toBe(0);
  });
});

describe("forms", () => {
  test.each(["p11-checkboxes.pdf", "p11-need-appearances.pdf"])("%s has ticks and values", async (name) => {
    expect((await parseCase(name)).text).toMatch(
      /^\[x\] Owns a boat\n\[ \] Owns a car\n\[x\] Has a licence\n\[ \] Was convicted of a crime\n\[ \] Married\n\[x\] Single\n\[ \] Widowed\nName\nIngrid Solheim\nCountry\nNorway\n/,
    );
  });

  test("have their boxes before the labels of one row, or behind the only one", async () => {
    const box = (x: number, y: number, state: string) =>
      `/Subtype/Widget/FT/Btn/T(b${x}${y})/AS/${state}/V/${state}/Rect[${x} ${y} ${x + 10} ${y + 10}]`;
    const { text } = await parse([
      {
        lines: [
          { text: "Yes", x: 90, y: 700 },
          { text: "No", x: 150, y: 700 },
          { text: "Agreed", x: 72, y: 660 },
        ],
        annotations: [box(75, 699, "Off"), box(135, 699, "On"), box(150, 659, "On")],
      },
    ]);
    expect(text).toBe("[ ] Yes [x] No\nAgreed [x]\n");
  });
});

describe("fonts that do not say which letters they show", () => {
  test("make their page unread, and that is said", async () => {
    const { pages, warnings } = await parseCase("p04-glyphids-one.pdf");
    expect(pages.map(({ characters }) => characters > 0)).toEqual([true, true, false, true]);
    expect(warnings).toEqual([
      "page 3 has fonts that do not say which letters they show, and could not be read; `focus ocr pull eng` installs what recognises them",
    ]);
  });

  test("make a document of nothing else an error", async () => {
    await expect(parseCase("p04-identity-all.pdf")).rejects.toMatchObject({
      message:
        "p04-identity-all.pdf: has only fonts that do not say which letters they show, so that its text cannot be read",
      hint: expect.stringContaining("focus ocr pull eng"),
    });
  });
});

describe("what stands beside the pages", () => {
  test("is named: attached files", async () => {
    expect((await parseCase("p10-portfolio.pdf")).warnings).toEqual([
      "2 attachments were not read: minutes.txt (5 kB), report.pdf (6 kB)",
    ]);
  });

  test("is said: an XFA form", async () => {
    expect((await parseCase("p10-xfa.pdf")).warnings[0]).toMatch(/^is an XFA form, which only/);
    const { warnings } = await parse([{ lines: ["x"] }], { catalog: "/AcroForm<</Fields[]/XFA(template)>>" });
    expect(warnings).toContainEqual(expect.stringContaining("XFA form"));
  });
});
