import { describe, expect, it } from "vitest";
import type { Document } from "../../../src/document/document.ts";
import { sentences } from "../../../src/document/sentences.ts";
import { attributions, matchWords } from "../../../src/engine/attribution/match.ts";

const FIRST = "The harbour was closed in March. ";
const SECOND = "Isobel Tarrant designed the tower in 1869. The tower is white.";
const TEXT = FIRST + SECOND;
const documents: Document[] = [
  { path: "a.txt", format: "text", title: undefined, text: TEXT, pages: [], sections: [], warnings: [] },
];
const chunks = [
  { document: 0, index: 0, start: 0, end: FIRST.length, tokens: new Uint32Array(8), heading: "" },
  { document: 0, index: 1, start: FIRST.length, end: TEXT.length, tokens: new Uint32Array(16), heading: "" },
];

function input(answer: string, question = "Who designed the tower?") {
  const spans = sentences(answer, { start: 0, end: answer.length });
  return { answer, spans, question, documents, chunks, chosen: [0, 1], idf: () => 1 };
}

function attribute(answer: string, support: number) {
  const asked = input(answer);
  return attributions(asked.spans, matchWords(asked, 3), () => support);
}

describe("an answer's sentence", () => {
  it("is attributed to the source sentence that shares its words", () => {
    const [found] = attribute("Isobel Tarrant designed it.", 4);
    expect(TEXT.slice(found?.quote.start, found?.quote.end)).toBe(
      "Isobel Tarrant designed the tower in 1869.",
    );
    expect(found).toMatchObject({ chunk: 1, support: 4 });
  });

  it("that is short goes to the source sentence that speaks of the question", () => {
    const [found] = attribute("1869.", 0);
    expect(TEXT.slice(found?.quote.start, found?.quote.end)).toContain("designed");
  });

  it("is related to none where it shares no word with any and none makes it likelier", () => {
    expect(attribute("Penguins hibernate underground.", -2)).toMatchObject([{ isRelated: false }]);
    expect(attribute("Penguins hibernate underground.", 0)).toMatchObject([{ isRelated: false }]);
    expect(attribute("Ein Leuchtturm.", 3)).toMatchObject([{ isRelated: true }]);
    expect(attribute("It is.", 0)).toMatchObject([{ isRelated: true }]);
  });

  it("is weighed by likelihood between chunks that match alike", () => {
    const asked = input("Nobody knows.", "What now?");
    const [found] = attributions(asked.spans, matchWords(asked, 3), (chunk) => (chunk === 0 ? 9 : -9));
    expect(found?.chunk).toBe(0);
  });
});

describe("the sentence that matches best", () => {
  const SOURCE =
    "The invoice of 1234.65 francs was painted over. Die Rechnung vom 03.04.2024 beträgt 1.234,56 EUR. " +
    "The surveyor Zoe\u0308 Mu\u0308ller-Cre\u0300vec\u0153ur mapped the skerry. Another surveyor mapped the river. " +
    "Ru\u00addolf Kai\u200bser owns a comp\u00adany of seven steam\u00aders.";

  it.each([
    ["It is 1234.56 euros.", "Which bill is it?", "Die Rechnung"],
    ["It is 1 234,56 euros.", "Which bill is it?", "Die Rechnung"],
    ["Zoe Muller-Crevecoeur did.", "Who surveyed the skerry?", "The surveyor Zoe\u0308"],
    ["Seven.", "How many steamers does the company own?", "Ru\u00addolf"],
    ["Rudolf Kaiser.", "Who is the owner?", "Ru\u00addolf"],
  ])("for %s under %s is found across notations and encodings, as written", (answer, question, begins) => {
    const text = { ...documents[0], text: SOURCE } as Document;
    const whole = {
      document: 0,
      index: 0,
      start: 0,
      end: SOURCE.length,
      tokens: new Uint32Array(8),
      heading: "",
    };
    const spans = [{ start: 0, end: answer.length }];
    const given = { answer, spans, question, documents: [text], chunks: [whole], chosen: [0], idf: () => 1 };
    const [match] = matchWords(given, 1)[0] ?? [];
    expect(SOURCE.slice(match?.quote.start).startsWith(begins)).toBe(true);
  });
});
