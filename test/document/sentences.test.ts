import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentences } from "../../src/document/sentences.ts";

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

  it("keep a quotation mark with its sentence", () => {
    expect(split("He said “no.” Then he went.")).toEqual(["He said “no.”", "Then he went."]);
  });

  it("cut a table without full stops at line ends, so that a quote stays readable", () => {
    const table = Array.from({ length: 60 }, (_, i) => `row ${i} value ${i * 7}`).join("\n");
    const pieces = split(table);
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(400);
  });

  it("are trimmed spans of the text, in order, that leave out nothing but white space", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 1500 }), (text) => {
        let at = 0;
        for (const { start, end } of sentences(text, { start: 0, end: text.length })) {
          expect(text.slice(at, start).trim()).toBe("");
          expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          expect(end).toBeGreaterThan(start);
          at = end;
        }
        expect(text.slice(at).trim()).toBe("");
      }),
    );
  });
});
