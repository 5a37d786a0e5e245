import { describe, expect, it } from "vitest";
import type { ItemSchema } from "../../../src/engine/extract/extraction.ts";
import { goesRound, parseItems } from "../../../src/engine/extract/parse-items.ts";
import { parseSchema } from "../../../src/engine/extract/schema.ts";
import { bestSentence, sameness, textFor, unsupportedIn } from "../../../src/engine/extract/support.ts";

const SCHEMA: ItemSchema = parseSchema({
  type: "object",
  properties: {
    name: { type: "string" },
    cost: { type: "number" },
    done: { type: "boolean" },
    tags: { type: "array", items: { type: "string" } },
  },
});

describe("items", () => {
  it("are read as far as they were written", () => {
    const whole =
      '[{"name": " pier ", "cost": 5, "done": true, "tags": ["a", "a", ""]}, {"name": "", "cost": null}]';
    expect(parseItems(whole, SCHEMA)).toEqual({
      items: [{ name: "pier", cost: 5, done: true, tags: ["a"] }],
      isCutOff: false,
    });
    const cut = '[{"name": "pier"}, {"name": "a {b} c"}, {"name": "bo';
    expect(parseItems(cut, SCHEMA).items.map(({ name }) => name)).toEqual(["pier", "a {b} c"]);
    expect(parseItems(cut, SCHEMA).isCutOff).toBe(true);
    expect(parseItems("[", SCHEMA)).toEqual({ items: [], isCutOff: true });
    expect(parseItems("[]", SCHEMA)).toEqual({ items: [], isCutOff: false });
  });

  it("are objects: whatever else a list has is passed over", () => {
    const { items } = parseItems('[null, 5, "pier", ["pier"], {"name": "pier"}]', SCHEMA);
    expect(items.map(({ name }) => name)).toEqual(["pier"]);
  });
});

describe("a list", () => {
  const [pear, plum] = ['{"name": "pear {1}"}', '{"name": "plum"}'];

  it.each([
    [`[${pear}, ${pear}`, false],
    [`[${pear}, ${pear}, ${plum}, ${pear}`, false],
    [`[${pear}, ${plum}, ${pear}, ${plum}`, false],
    [`[${plum}, ${pear}, ${pear}, ${pear}`, true],
    [`[${plum}, ${pear}, ${pear}, ${pear}, {"na`, true],
    ["[{", false],
  ])("of %s goes round: %s", (json, isRound) => {
    expect(goesRound(json)).toBe(isRound);
  });
});

describe("choices", () => {
  const choices = { enum: ["N/A", 1, 2, true, " padded "] };
  const schema = parseSchema({
    type: "object",
    properties: { grade: choices, grades: { type: "array", items: choices } },
  });

  it("of several types are all kept, and nothing else is", () => {
    const given = ["N/A", " N/A", 1, 2, true, " padded ", 3, "1", false, "n/a", null];
    const { items } = parseItems(JSON.stringify(given.map((grade) => ({ grade }))), schema);
    expect(items.map(({ grade }) => grade)).toEqual(["N/A", "N/A", 1, 2, true, " padded "]);
    const [listed] = parseItems(JSON.stringify([{ grades: given }]), schema).items;
    expect(listed).toEqual({ grade: null, grades: ["N/A", 1, 2, true, " padded "] });
  });
});

describe("support", () => {
  const text = textFor("Mr O’Neill paid 1,250.50 pounds and 2.300 kroner for the café on 3 May 2024.");

  it.each([
    [{ name: "o'neill" }, []],
    [{ name: "Cafe" }, []],
    [{ name: "Neil" }, ["name"]],
    [{ name: "May 2024" }, []],
    [{ cost: 1250.5 }, []],
    [{ cost: 2300 }, []],
    [{ cost: 250 }, ["cost"]],
    [{ cost: 1251 }, ["cost"]],
    [{ done: true }, []],
    [{ name: null }, []],
    [{ tags: ["pounds", "euros"] }, ["tags"]],
    [{ name: "Smith", cost: 7 }, ["name", "cost"]],
  ])("of %j lacks %j", (values, lacking) => {
    expect(unsupportedIn(values, text)).toEqual(lacking);
  });

  it.each([
    ["Widget 2 350 700 EUR", [2, 350, 700, 2350700], [2350]],
    ["It is 1.234 m, or 1,234.567 km.", [1.234, 1234, 1234.567], [1234567, 234.567]],
    ["On 03.04.2024 at 12:30, 2½ of 1,23,456", [3, 4, 2024, 12, 30, 2.5, 23], [3.04, 12.3]],
    ["Qty 3 1 250,00", [3, 1250, 250], [31250]],
  ])("of numbers in %j has %j, and not %j", (written, has, lacks) => {
    const lacking = (cost: number) => unsupportedIn({ cost }, textFor(written)).length > 0;
    expect(has.filter(lacking)).toEqual([]);
    expect(lacks.filter((cost) => !lacking(cost))).toEqual([]);
  });

  it.each([
    ["契約者は田中太郎であり、株式会社\n東京が支払う。", ["田中太郎", "株式会社東京"], "山田太郎"],
    ["甲方为上海电力公司，租期三年。", ["上海电力公司"], "北京电力公司"],
    ["ผู้เช่าคือบริษัทสยามจำกัด", ["บริษัทสยามจำกัด"], "บริษัทไทยจำกัด"],
  ])("finds words in %j, where no space parts them", (written, has, lacks) => {
    for (const name of has) expect(unsupportedIn({ name }, textFor(written))).toEqual([]);
    expect(unsupportedIn({ name: lacks }, textFor(written))).toEqual(["name"]);
  });

  it.each([
    [["C", "C++", "C#"]],
    [["AA", "AA+", "AA-"]],
    [["5 °C", "-5 °C"]],
    [["$50", "€50", "50 %"]],
    [["2-4", "2,4", "24"]],
    [["की", "का"]],
    [["น้ำ", "นำ"]],
    [["かき", "がき"]],
  ])("takes none of %j for another, and finds each where it stands", (values) => {
    expect(new Set(values.map((name) => sameness({ name }))).size).toBe(values.length);
    for (const name of values) expect(unsupportedIn({ name }, textFor(`It says: ${name}.`))).toEqual([]);
    for (const name of values.slice(1)) {
      expect(unsupportedIn({ name }, textFor(`It says: ${values[0]}.`))).toEqual(["name"]);
    }
  });

  it.each([
    ["Ministère", "ministere"],
    ["Cafe\u0301", "café"],
    ["50 €", "€50"],
    ["\u22125 °C", "-5 °C"],
    ["well-known", "Well known"],
  ])("takes %j for %j", (one, other) => {
    expect(sameness({ name: one })).toBe(sameness({ name: other }));
  });

  it.each([
    ["2024", "It was on 03.05.2024."],
    ["2", "From 2-4 o'clock."],
    ["50", "It costs $50."],
    ["5", "It grew by 5 %."],
  ])("finds %j in %j, whose parts may be values of their own", (name, text) => {
    expect(unsupportedIn({ name }, textFor(text))).toEqual([]);
  });

  it("quotes the sentence with most values, of several the first", () => {
    const document = "The pier is old. The pier costs 5 pounds. The pier at 5 pounds is dear.";
    const spans = [...document.matchAll(/[^.]+\./gu)].map(({ 0: { length }, index }) => ({
      start: index,
      end: index + length,
    }));
    expect(bestSentence({ name: "pier", cost: 5 }, spans, document)).toEqual(spans[1]);
    expect(bestSentence({ name: "boat" }, spans, document)).toBeUndefined();
  });

  it("takes values for the same that differ in case and marks alone", () => {
    expect(sameness({ name: "The Pier,", cost: 5 })).toBe(sameness({ name: "the pier", cost: 5 }));
    expect(sameness({ name: "pier", cost: 5 })).not.toBe(sameness({ name: "pier", cost: 6 }));
    expect(sameness({ name: "+" })).not.toBe(sameness({ name: "-" }));
  });
});
