import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../../src/document/parse.ts";
import { makePdf, type PdfLine } from "../../../helpers/make-pdf.ts";

/** A text and where it begins, in points from the page's left edge. */
type Placed = readonly [x: number, text: string];

/** Rows from the top of a page down, `leading` points apart; the texts of a row are drawn from left to right. */
function rows(all: readonly (readonly Placed[])[], leading = 14): PdfLine[] {
  return all.flatMap((row, i) => row.map(([x, text]) => ({ text, x, y: 700 - leading * i, size: 10 })));
}

async function textOf(lines: readonly PdfLine[], operators = ""): Promise<string> {
  const { text } = await parseBytes(makePdf([{ lines, operators }]), "a.pdf");
  return text;
}

const linesOf = async (lines: readonly PdfLine[], operators?: string): Promise<string[]> =>
  (await textOf(lines, operators)).trimEnd().split("\n");

const CODES = ["done", "a bug", "usage or settings", "input", "partial", "model", "KV store"];

describe("tables without a grid", () => {
  test("have each row on a line, its cells between bars", async () => {
    const codes = CODES.map((meaning, i): Placed[] => [
      [90, String(i)],
      [130, meaning],
    ]);
    const header: Placed[] = [
      [76, "Code"],
      [130, "Meaning"],
    ];
    const [first, second, , , , , , last] = await linesOf(rows([header, ...codes]));
    expect([first, second, last]).toEqual(["Code | Meaning", "0 | done", "6 | KV store"]);
  });

  test("may have columns that end at one place, and cells without a text", async () => {
    const table = rows([
      [[72, "Port"], [205, "Ships"], [300, "Crew"]],
      [[72, "Northhaven"], [222, "7"], [311, "90"]],
      [[72, "Old Pier"], [306, "110"]],
      [[72, "Southgate"], [211, "118"], [300, "1204"]],
    ]); // biome-ignore format: a row of the table a line
    expect(await linesOf(table)).toEqual([
      "Port | Ships | Crew",
      "Northhaven | 7 | 90",
      "Old Pier | | 110",
      "Southgate | 118 | 1204",
    ]);
  });

  test("join the lines that go on with a cell, also where all lines are as far apart", async () => {
    const table = rows([
      [[72, "Name"], [160, "What it says about the ship"], [330, "Year"]],
      [[72, "hull"], [160, "the planks below the water that"], [330, "1911"]],
      [[160, "keep it afloat in every weather"]],
      [[72, "mast"], [160, "the pole that bears the sails"], [330, "1912"]],
      [[72, "keel"], [160, "the beam along its whole bottom"], [330, "1913"]],
    ]); // biome-ignore format: a row of the table a line
    expect((await linesOf(table)).slice(1, 3)).toEqual([
      "hull | the planks below the water that keep it afloat in every weather | 1911",
      "mast | the pole that bears the sails | 1912",
    ]);
  });

  test("may draw each cell with all of its lines before the next", async () => {
    const cells = (y: number, name: string, year: string): PdfLine[] => [
      { text: `The ${name} of the`, y, size: 10 },
      { text: "old ferry", y: y - 12, size: 10 },
      { text: "oak and iron", x: 200, y, size: 10 },
      { text: "from Norway", x: 200, y: y - 12, size: 10 },
      { text: year, x: 320, y, size: 10 },
    ];
    const table = [
      ...cells(700, "hull", "1911"),
      ...cells(668, "mast", "1912"),
      ...cells(636, "keel", "1913"),
    ];
    expect((await linesOf(table))[1]).toBe("The mast of the old ferry | oak and iron from Norway | 1912");
  });

  test("of few rows of words are told by their rules", async () => {
    const table = rows([
      [[72, "Symptom"], [200, "Remedy"]],
      [[72, "no sound"], [200, "turn it on"]],
      [[72, "no light"], [200, "look at the fuse"]],
    ]); // biome-ignore format: a row of the table a line
    const rules = "72 712 220 0.5 re f 72 695 220 0.5 re f 72 665 220 0.5 re f";
    expect(await linesOf(table)).toContain("no sound turn it on");
    expect(await linesOf(table, rules)).toContain("no sound | turn it on");
  });

  test("stay whole between columns of prose", async () => {
    const left = "The committee met in the old hall and";
    const right = "Ships came in on every tide of the year";
    const prose = Array.from({ length: 10 }, (): Placed[] => [[72, left], [320, right]]); // biome-ignore format: short
    const fees = Array.from({ length: 6 }, (_, i): Placed[] => [[72, `Berth ${i}`], [320, `${109 - i}`]]); // biome-ignore format: short
    const lines = rows([...prose, [], [], ...fees]);
    const text = await textOf(lines);
    expect(text).toContain(`${left}\n${left}\n`);
    expect(text).toContain("Berth 2 | 107\nBerth 3 | 106\n");
  });
});

describe("no table is", () => {
  const hasBars = async (all: readonly (readonly Placed[])[]): Promise<boolean> =>
    (await textOf(rows(all))).includes("|");
  const times = (count: number, row: (i: number) => readonly Placed[]): (readonly Placed[])[] =>
    Array.from({ length: count }, (_, i) => row(i));

  test("prose in columns, however few lines", async () => {
    const [left, right] = ["The harbour master wrote down every", "ship that came in with the tide, and"];
    expect(await hasBars(times(4, () => [[72, left], [320, right]]))).toBe(false); // biome-ignore format: short
  });

  test("a table of contents, with dots or without", async () => {
    const titles = ["Introduction", "Harbours of the north", "Tides", "Ships and crews"];
    const entry = (title: string, i: number, dots: string): Placed[] => [[72, title + dots], [480, String(3 + 9 * i)]]; // biome-ignore format: short
    expect(await hasBars(titles.map((title, i) => entry(title, i, "")))).toBe(false);
    expect(await hasBars(titles.map((title, i) => entry(title, i, " . . . . . . . .")))).toBe(false);
  });

  test("an index in two columns", async () => {
    const row = (i: number): Placed[] => [[72, `anchor ${i}, ${20 + i}`], [300, `mooring ${i}, ${30 + i}`]]; // biome-ignore format: short
    expect(await hasBars(times(8, row))).toBe(false);
  });

  test("a list with bullets or numbers", async () => {
    const mark = (i: number, text: string): Placed[] => [[72, text], [92, `the ${CODES[i]} of the ferry`]]; // biome-ignore format: short
    expect(await hasBars(times(7, (i) => mark(i, "\u2022")))).toBe(false);
    expect(await hasBars(times(7, (i) => mark(i, `${i + 1}.`)))).toBe(false);
  });

  test("addresses side by side", async () => {
    const lines = ["Harbour Board", "1 Quay Street", "Northhaven", "Norway"];
    expect(await hasBars(lines.map((line) => [[72, line], [330, `${line} West`]]))).toBe(false); // biome-ignore format: short
  });

  test("a page whose lines are numbered", async () => {
    const line = "the witness said that the ferry had left the pier before";
    expect(await hasBars(times(9, (i) => [[60, String(i + 1)], [90, line]]))).toBe(false); // biome-ignore format: short
  });

  test("terms that prose explains over many lines", async () => {
    const term = (i: number): Placed[][] => [
      [[72, `term${i}`], [160, "a word that the writers of this book use for what"]],
      [[160, "others call by many names, none of which is wrong"]],
      [[160, "but each of which is known in one harbour alone."]],
    ]; // biome-ignore format: a line a line
    expect(await hasBars(Array.from({ length: 6 }, (_, i) => term(i)).flat())).toBe(false);
  });

  test("formulas whose signs stand below each other, or code with comments", async () => {
    const both = (left: string, right: string): Placed[] => [[72, left], [160, right]]; // biome-ignore format: short
    expect(await hasBars(times(6, (i) => both(`f(x, ${i})`, `= ${i} x + 2`)))).toBe(false);
    expect(await hasBars(times(6, (i) => both(`moor(ship${i});`, `// the ${CODES[i]}`)))).toBe(false);
  });

  test("prose with wide gaps, or what stands at a page's edges", async () => {
    const prose = [
      "The ferry left",
      "at noon and",
      "nobody knew",
      "where it went",
      "on that cold",
      "day in May",
    ];
    expect(await hasBars(prose.map((words, i) => [[72, words], [180 + 23 * (i % 3), words]]))).toBe(false); // biome-ignore format: short
    expect(await hasBars([[[72, "Harbour rules"], [400, "page 3"]], [[72, "The ferry left at noon."]]])).toBe(false); // biome-ignore format: short
  });
});
