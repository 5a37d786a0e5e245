import { describe, expect, test } from "vitest";

import type { Document } from "../../../src/document/document.ts";
import { parseBytes } from "../../../src/document/parse.ts";
import { caseFile } from "../../helpers/case-file.ts";
import { makePdf, type PdfLine, type PdfPage } from "../../helpers/make-pdf.ts";

const parse = (pages: readonly PdfPage[]): Promise<Document> => parseBytes(makePdf(pages), "a.pdf");
const parseCase = async (name: string): Promise<Document> => parseBytes(await caseFile(name), name);

describe("superscripts", () => {
  test("are told apart by their size and height, and do not end their line", async () => {
    const { text } = await parseCase("p05-superscript.pdf");
    expect(text).toContain(
      "The bath of the lens holds 118² litres of mercury, and the tower is 42³ metres high.\n",
    );
    expect(text).toContain(
      "The vapour has a density of 10⁻³ kg/m³ and the keeper's pension¹⁷ is 900^a crowns.\n",
    );
  });

  test("make fractions with what is set low behind their stroke", async () => {
    const { text } = await parse([
      {
        operators:
          "BT /F 11 Tf 72 700 Td (It weighs 1) Tj /F 7 Tf 4 Ts (1) Tj /F 11 Tf 0 Ts (/) Tj /F 7 Tf -1 Ts (2) Tj /F 11 Tf 0 Ts ( kg) Tj ET",
      },
    ]);
    expect(text).toBe("It weighs 1½ kg\n");
  });

  test("are not seen in capitals of smaller size, nor in ordinals", async () => {
    const { text } = await parse([
      {
        operators:
          "BT /F 11 Tf 72 700 Td (The C) Tj /F 8 Tf (ROWN) Tj /F 11 Tf ( paid on the 3) Tj /F 7 Tf 4 Ts (rd) Tj /F 11 Tf 0 Ts ( of May) Tj ET",
      },
    ]);
    expect(text).toBe("The CROWN paid on the 3rd of May\n");
  });
});

describe("columns", () => {
  const left = "The committee met in the old hall and";
  const right = "Ships came in on every tide of the year";
  const rows = (count: number, of: (i: number) => readonly [string, string]): PdfLine[] =>
    Array.from({ length: count }, (_, i) => {
      const [a, b] = of(i);
      return [
        { text: a, y: 700 - 14 * i },
        { text: b, x: 320, y: 700 - 14 * i },
      ];
    }).flat();

  test("that are drawn row by row are read one after the other", async () => {
    const { text } = await parseCase("p01-columns-rowwise.pdf");
    expect(text).toMatch(/The surgeon Alma Rust treated nine sailors\nin the spring of 1911\./);
    expect(text).toMatch(/The committee approved the new budget of\nThe surgeon/);
  });

  test("have the lines over both of them between their parts, and words broken at their line ends", async () => {
    const { text } = await parse([
      {
        lines: [
          { text: "A heading that is as wide as both of the columns below it taken together", y: 720 },
          ...rows(8, (i) =>
            i === 6 ? [`${left.slice(0, -3)}com-`, right] : [i === 7 ? "mittee." : left, right],
          ),
          { text: "A last line that is as wide as both of the columns above it taken together", y: 560 },
        ],
      },
    ]);
    const joined = `${left.slice(0, -3)}committee.`;
    const body = [...Array(6).fill(left), joined, ...Array(8).fill(right)].join("\n");
    expect(text).toBe(
      `A heading that is as wide as both of the columns below it taken together\n${body}\nA last line that is as wide as both of the columns above it taken together\n`,
    );
  });

  test("are not seen in tables", async () => {
    const { text } = await parse([{ lines: rows(8, (i) => [`Berth ${i}`, `${i * 37} crowns`]) }]);
    expect(text).toContain("Berth 3 | 111 crowns\n");
  });
});

describe("tables with rules", () => {
  test("have a row on a line, and what spans rows or columns in each of them", async () => {
    const { text } = await parseCase("p18-tables.pdf");
    expect(text).toContain(
      "Rates\nRegion | 2023 | 2023 | 2024 | 2024\nRegion | Adults | Children | Adults | Children\n" +
        "North | 11 | 12 | 13 | 14\nNorth | 21 | 22 | 23 | 24\nSouth | 31 | 31 | 33 | 34\nEast | | | 43 |\nDuties\n",
    );
    expect(text).toContain(
      "4.2 Lifts | Has the lifts inspected twice a year by a sworn engineer. | Loads no more",
    );
    expect(text).toMatch(/^B137 \| Gannet 137(?: \| [\d.]+){4}$/m);
  });

  const cell = (text: string, x: number, y: number): PdfLine => ({ text, x, y });
  const rules = (...ends: readonly string[]): string =>
    ends.map((end) => end.replace(/^(\S+ \S+) (\S+ \S+)$/, "$1 m $2 l S")).join("\n");

  test("may have none at their sides", async () => {
    const lines = [
      cell("Fee", 75, 690),
      cell("Sum", 205, 690),
      cell("landing", 75, 670),
      cell("340", 205, 670),
    ];
    const { text } = await parse([
      {
        lines: [...lines, "crowns"].map((line) => (typeof line === "string" ? { text: line, y: 600 } : line)),
        operators: rules("70 705 330 705", "70 685 330 685", "70 665 330 665", "200 665 200 705"),
      },
    ]);
    expect(text).toBe("Fee | Sum\nlanding | 340\ncrowns\n");
  });

  test("are not seen in a frame around a text", async () => {
    const lines = ["A note in a frame, of which", "every line is kept as it is."];
    const operators = rules("60 720 560 720", "60 680 560 680", "60 680 60 720", "560 680 560 720");
    expect((await parse([{ lines, operators }])).text).toBe(`${lines.join("\n")}\n`);
  });
});

describe("footnotes", () => {
  test("of a column stand behind the text, which goes on in the next one", async () => {
    const { text } = await parseCase("p02-columns-footnotes.pdf");
    expect(text).toContain("litres of oil a\nnight, which is little.");
    expect(text).toMatch(
      /\n1 Measured by the district engineer in 1902\.\n2 The older lamp took 5 litres\.\n3 Prices are in crowns of 1900\.\n/,
    );
  });

  test("do not stand in a sentence that runs over to the next page", async () => {
    const first = [
      { text: "The lamp was lit in 1902. It burns four litres", y: 700 },
      { text: "of oil a", y: 680 },
      { text: "1 Measured by the engineer", size: 7, y: 100 },
    ];
    const { text, pages } = await parse([
      { lines: first },
      { lines: ["night, which is little, says the keeper."] },
    ]);
    expect(text).toBe(
      "The lamp was lit in 1902.\n\n1 Measured by the engineer\n\nIt burns four litres\nof oil a\nnight, which is little, says the keeper.\n",
    );
    expect(text.slice(0, pages[0]?.end)).toMatch(/of oil a\n$/u);
  });

  test("stay behind a page's text whose last sentence ends there", async () => {
    const first = [
      { text: "The lamp was lit in 1902, as it is told.", y: 700 },
      { text: "1 Measured by the engineer", size: 7, y: 100 },
    ];
    const { text } = await parse([{ lines: first }, { lines: ["It burns four litres."] }]);
    expect(text).toBe(
      "The lamp was lit in 1902, as it is told.\n1 Measured by the engineer\nIt burns four litres.\n",
    );
  });

  test("are not seen in small print with text below it", async () => {
    const lines = [
      { text: "Text of the usual size, which is long", y: 700 },
      { text: "1 A small caption in between", size: 7, y: 680 },
      { text: "and text of the usual size again.", y: 660 },
    ];
    expect((await parse([{ lines }])).text).toMatch(/^Text.*\n1 A small.*\nand text/);
  });
});

describe("line numbers", () => {
  const numbered = (from: number, texts: readonly string[]): PdfLine[] =>
    texts.flatMap((text, i) => [
      { text: `${from + i}`, x: 50, y: 700 - 24 * i },
      { text, y: 700 - 24 * i },
    ]);

  test("in the margin are left out, and said", async () => {
    const { text, warnings } = await parseCase("p06-pleading.pdf");
    expect(text).toContain(
      "The defendant Arne Moe admitted that the brakes of\nthe truck had not been inspected since March 2016, and that he knew of\nthe leak.",
    );
    expect(text).not.toMatch(/^\d+ /m);
    expect(warnings).toContain("left out the line numbers in the margin of 4 pages");
  });

  test("may go on from page to page", async () => {
    const lines = Array.from(
      { length: 10 },
      (_, i) => `A line of the transcript that says ${"abcdefghij"[i]}, and more.`,
    );
    const { text } = await parse([{ lines: numbered(1, lines) }, { lines: numbered(11, lines) }]);
    expect(text).toBe(`${[...lines, ...lines].join("\n")}\n`);
  });

  test("are not seen in the rows of a table", async () => {
    const lines = Array.from({ length: 10 }, (_, i) => `Pump ${"abcdefghij"[i]} 12`);
    const { text } = await parse([{ lines: numbered(1, lines) }, { lines: numbered(11, lines) }]);
    expect(text).toContain("3 Pump c 12\n");
  });
});
