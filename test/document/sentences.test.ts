import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { sentences, sentencesOf } from "../../src/document/sentences.ts";
import { caseFile } from "../helpers/case-file.ts";

function split(text: string): string[] {
  return sentences(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));
}

describe("sentences", () => {
  it("end at full stops, not at abbreviations, initials or decimals", () => {
    expect(split("Dr. J. Smith paid 3.50 francs, e.g. in coins. He left. Why?")).toEqual([
      "Dr. J. Smith paid 3.50 francs, e.g. in coins.",
      "He left.",
      "Why?",
    ]);
  });

  it("run over the line breaks of a PDF, but not over blank lines or list marks", () => {
    expect(split("The tenant shall\npay on time.\nRent:\n• cash\n• cheque\n\nNext part")).toEqual([
      "The tenant shall\npay on time.",
      "Rent:",
      "• cash",
      "• cheque",
      "Next part",
    ]);
  });

  it("end at the full stops of Japanese and Chinese", () => {
    expect(split("これは本です。次の文です。")).toEqual(["これは本です。", "次の文です。"]);
  });

  it("end at the marks of Hindi, Arabic, Urdu and Armenian", () => {
    expect(split("किराया देय है। जमा नहीं॥ هل هذا صحيح؟ یہ درست ہے۔ Սա է։ Այո։")).toEqual([
      "किराया देय है।",
      "जमा नहीं॥",
      "هل هذا صحيح؟",
      "یہ درست ہے۔",
      "Սա է։",
      "Այո։",
    ]);
  });

  it("run over the numbers of dates and references", () => {
    for (const sentence of [
      "Der Vertrag endet am 31. Dezember 2025.",
      "Er endet am\n31. Dezember 2025 bzw. am 1. Jan. 2026.",
      "Vuokra-aika päättyy 31. joulukuuta 2025.",
      "Smlouva končí dne 31.\nprosince 2025.",
      "A szerződés 2025. december 31-én jár le.",
      "Er haftet nach § 5 Abs. 2 Nr. 3 BGB.",
      "See Reg. 12 and Cl. 4 and para. 7 of Sch. 2.",
      "It is said on page\n12.",
    ])
      expect(split(`${sentence} Next one.`)).toEqual([sentence, "Next one."]);
    expect(split("See version 2. The next is 3.12. foo is gone.\nx")).toEqual([
      "See version 2.",
      "The next is 3.12.",
      "foo is gone.",
      "x",
    ]);
  });

  it("begin at a line's number where a list has it", () => {
    expect(split("Duties\n1. rent\nand costs\n\u00a0 2. repairs\nSee section\n(4) and:\n(7) fees")).toEqual([
      "Duties",
      "1. rent\nand costs",
      "2. repairs\nSee section\n(4) and:",
      "(7) fees",
    ]);
  });

  it("are found quickly in long rows of dots and long lists", () => {
    const start = performance.now();
    expect(split(".".repeat(100_000))).toHaveLength(1);
    expect(split("\n1. a".repeat(50_000)).length).toBeGreaterThan(1);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("keep a quotation mark with its sentence", () => {
    expect(split("He said “no.” Then he went.")).toEqual(["He said “no.”", "Then he went."]);
  });

  it("end at a full stop with the mark of a footnote behind it", () => {
    expect(
      split("Atoms escape each day.³ The rest stays.[12] It is little.¹,² So it is, etc., as said."),
    ).toEqual([
      "Atoms escape each day.³",
      "The rest stays.[12]",
      "It is little.¹,²",
      "So it is, etc., as said.",
    ]);
  });

  it("are the rows of a table, apart from what stands around it", () => {
    const rows = ["Berth | Vessel | Fee", "B001 | Gannet 1. Class | 914", "B002 | Gannet 2 |"];
    const found = split(`The berths\nof the port\n${rows.join("\n")}\nand so on | or\nthe like. End`);
    expect(found).toEqual([
      "The berths\nof the port",
      "Berth | Vessel | Fee",
      "B001 | Gannet 1. Class | 914",
      "B002 | Gannet 2 |",
      "and so on | or",
      "the like.",
      "End",
    ]);
    expect(split("The shell knows a | b\nand writes on.")).toEqual(["The shell knows a | b\nand writes on."]);
  });

  it("are the lines of a table of contents", () => {
    const lines = ["D Random Bits 87", "D.1 Devices . . . . . 87", "D.2 Disk space needed . . . . . 88"];
    expect(split(lines.join("\n"))).toEqual(lines);
  });

  it("cut a table without full stops at line ends, so that a quote stays readable", () => {
    const table = Array.from({ length: 60 }, (_, i) => `row ${i} value ${i * 7}`).join("\n");
    const pieces = split(table);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(400);
  });

  it("begin behind lines that are drawn, and keep the mark of a list", () => {
    const box = "* *\n************\n\n8. Litigation\n-------------\nAny litigation may be brought.";
    expect(split(box).at(-1)).not.toMatch(/^\W/u);
    expect(split("The end.\n\n*******\n\nThe fee is due.")).toEqual(["The end.", "The fee is due."]);
    expect(split("_____\n=====\nThe fee is due.")).toEqual(["The fee is due."]);
    expect(split("* The fee is due.\n* It is 12 crowns.")).toEqual([
      "* The fee is due.",
      "* It is 12 crowns.",
    ]);
    expect(split("- - -\n-5 degrees were measured.")).toEqual(["-5 degrees were measured."]);
  });

  it("cut a long clause behind a semicolon or a comma rather than within its words", () => {
    const clause =
      "the holder of the berth shall keep the deck clear and the lines in good order at all times";
    const semicolons = Array.from({ length: 8 }, () => clause).join(";\n");
    const commas = Array.from({ length: 8 }, () => clause).join(",\n and ");
    for (const piece of split(semicolons).slice(0, -1)) expect(piece).toMatch(/all times;$/u);
    for (const piece of split(commas).slice(0, -1)) expect(piece).toMatch(/all times,$/u);
    const unbroken = Array.from({ length: 8 }, () => clause).join(" and\n");
    for (const piece of split(unbroken).slice(0, -1)) expect(piece).toMatch(/all times and$/u);
  });

  it("are trimmed spans of the text, in order, that leave out nothing but white space and rules of tables", () => {
    const any = fc.string({ unit: "grapheme", maxLength: 1500 });
    const lines = fc.string({
      unit: fc.constantFrom("some", "words ", "of it  \n", "| ", "-"),
      maxLength: 1500,
      size: "max",
    });
    fc.assert(
      fc.property(fc.oneof(any, lines), (text) => {
        let at = 0;
        for (const { start, end } of sentences(text, { start: 0, end: text.length })) {
          expect(text.slice(at, start)).toMatch(/^[\s|:+=\-─-╿*_~#]*$/u);
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at)).toMatch(/^[\s|:+=\-─-╿*_~#]*$/u);
      }),
    );
  });
});

describe("sentences of a document", () => {
  const sentencesIn = async (text: string | Uint8Array, path: string): Promise<string[]> => {
    const document = await parseBytes(Buffer.from(text), path);
    const all = sentencesOf(document, { start: 0, end: document.text.length });
    return all.map(({ start, end, isHeading }) => (isHeading ? "H " : "") + document.text.slice(start, end));
  };

  it("keep a heading apart from the paragraph that touches it", async () => {
    const found = await sentencesIn(await caseFile("t15-tight-headings.md"), "a.md");
    expect(found).toContain("H ## 31. Landing fee");
    expect(found).toContain("The landing fee is 340 crowns per tonne.");
    expect(await sentencesIn("Fees and\ndues\n===\nThe fee is 3.\n### Next ##\nIt rose.", "a.md")).toEqual([
      "H Fees and\ndues\n===",
      "The fee is 3.",
      "H ### Next ##",
      "It rose.",
    ]);
  });

  it("take lines of plain text for no headings, whatever they begin with", async () => {
    const found = await sentencesIn(await caseFile("t06-app.conf"), "t06-app.conf");
    expect(found).toContain(
      "# The watchdog restarts a stalled worker after 45 seconds, since the RAID controller needs 30 to wake up.",
    );
    const log = await sentencesIn(await caseFile("t15-changelog.txt"), "t15-changelog.txt");
    expect(log).toContain("#4711 The watchdog timeout was raised to 45 seconds for slow RAID controllers.");
    expect(await sentencesIn("# Limits for the crane:\n# no more than 4 tonnes.\nmax = 4", "a.yaml")).toEqual(
      ["# Limits for the crane:\n# no more than 4 tonnes.", "max = 4"],
    );
  });

  it("begin in the middle of a heading where their span does", async () => {
    const document = await parseBytes(Buffer.from("# A long heading\nText."), "a.md");
    expect(sentencesOf(document, { start: 9, end: 22 })).toEqual([
      { start: 9, end: 16, isHeading: true },
      { start: 17, end: 22, isHeading: false },
    ]);
  });
});
