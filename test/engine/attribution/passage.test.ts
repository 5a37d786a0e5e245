import { describe, expect, it } from "vitest";
import { sentencesOf } from "../../../src/document/sentences.ts";
import { apart, type Passage, passageAround } from "../../../src/engine/attribution/passage.ts";

/** The passage of the sentence that begins with some words. */
function passageOf(text: string, begins: string, headings: readonly string[] = []): string {
  const sections = headings.map((title) => ({ title, level: 1, start: text.indexOf(title) }));
  const source = { text, sections };
  const sentence = sentencesOf(source, { start: 0, end: text.length }).find(({ start }) => {
    return text.startsWith(begins, start);
  });
  if (sentence === undefined) throw new Error(`no sentence begins with ${begins}`);
  const { start, end } = passageAround(source, sentence);
  return text.slice(start, end);
}

describe("a quote", () => {
  it("is the sentence alone where it stands alone", () => {
    expect(passageOf("The gate is open. The fee is 40 crowns a day. Dogs may enter.", "The fee")).toBe(
      "The fee is 40 crowns a day.",
    );
  });

  it("has the sentence before where it leans on that, in the same paragraph", () => {
    const text = "The fee is 40 crowns a day. It covers water and electricity.";
    expect(passageOf(text, "It covers")).toBe(text);
    expect(passageOf("The gate is open.\n\nIt covers water and electricity.", "It covers")).toBe(
      "It covers water and electricity.",
    );
  });

  it("is a table's row alone, however few its words", () => {
    const table = "Code | Meaning\n5 | model\n6 | KV store\n10 | absent";
    expect(passageOf(table, "6 |")).toBe("6 | KV store");
    expect(passageOf(`Exit codes\n${table}`, "Exit", ["Exit codes"])).toBe("Exit codes\nCode | Meaning");
  });

  it("has the line that leads into it", () => {
    const text = "The tenant must:\n- keep the stairs clean of snow";
    expect(passageOf(text, "- keep")).toBe(text);
  });

  it("is never a salutation or a heading alone", () => {
    const letter = "Dear Mrs Aune,\n\nYour berth is number 27 on the east pier.";
    expect(passageOf(letter, "Dear")).toBe(letter);
    const manual = "Safety of the boiler room\nClose the valve before opening the lid.";
    expect(passageOf(manual, "Safety", ["Safety of the boiler room"])).toBe(manual);
    const numbered =
      "749\n\n15. Coding Style\n\n750\n\nLines are shifted in by two blanks, as in all scripts.";
    expect(passageOf(numbered, "749", ["15. Coding Style"])).toBe(numbered);
    const contract =
      "4. Independent Contractor. The Affiliate is no agent of the Company and cannot bind it.\n\n5. Dogs are forbidden.";
    expect(passageOf(contract, "4.")).toBe(contract.slice(0, contract.indexOf("\n")));
    expect(passageOf(contract, "5.")).toBe("5. Dogs are forbidden.");
    const names =
      "Dear Mrs Aune,\n\nYours,\n\nIngrid Hals\n\nHarbour master\n\nBerth 27 on the east pier is yours.";
    expect(passageOf(names, "Dear")).toBe(names.slice(0, names.indexOf("\n\nBerth")));
  });
});

describe("passages apart", () => {
  const inChunk = (chunk: number, start: number, end: number): Passage => ({
    chunk,
    sentence: { start, end },
    quote: { start, end },
    text: "",
  });

  it("leave out what shares text with a better one, whatever the chunks", () => {
    const [first, same, other] = [inChunk(0, 10, 30), inChunk(1, 29, 50), inChunk(1, 30, 50)];
    expect(apart([first, same, other], [{ document: 0 }, { document: 0 }])).toEqual([first, other]);
  });

  it("have each document's own", () => {
    const [first, second] = [inChunk(0, 10, 30), inChunk(1, 10, 30)];
    expect(apart([first, second], [{ document: 0 }, { document: 1 }])).toEqual([first, second]);
  });
});
