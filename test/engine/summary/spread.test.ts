import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Choice } from "../../../src/engine/summary/chooser.ts";
import { chooseSpread } from "../../../src/engine/summary/spread.ts";
import { type Wording, wordingOf } from "../../../src/engine/summary/wording.ts";

let nextWord = 0;

function choice(given: Partial<Choice> = {}): Choice {
  nextWord += 1;
  const forms = new Set([`a${nextWord}`, `b${nextWord}`]);
  return { tenth: 0, part: 0, cost: 10, salience: 0, ...wordingOf(""), forms, ...given };
}

const choices = fc.array(
  fc.record({
    tenth: fc.integer({ min: 0, max: 9 }),
    part: fc.integer({ min: 0, max: 5 }),
    cost: fc.integer({ min: 1, max: 40 }),
    salience: fc.double({ min: -5, max: 5, noNaN: true }),
    forms: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 60 },
);

function withForms({ forms, ...given }: { forms: string[] } & Omit<Choice, keyof Wording>): Choice {
  return choice({ ...given, forms: new Set(forms) });
}

describe("chooseSpread", () => {
  it("takes something of every tenth, however little the others matter", () => {
    const all = Array.from({ length: 100 }, (_, i) =>
      choice({ tenth: Math.floor(i / 10), cost: 20 + (i % 7), salience: i < 10 ? 5 : -(i % 3) }),
    );
    const chosen = chooseSpread(all, { budget: 300, spread: "tenths" });
    expect(new Set(chosen.map((i) => all[i]?.tenth)).size).toBe(10);
  });

  it("takes something of every part when there is room behind the tenths", () => {
    const all = Array.from({ length: 60 }, (_, i) =>
      choice({ tenth: Math.floor(i / 6), part: i % 15, salience: i % 15 === 14 ? -3 : 1 }),
    );
    const chosen = chooseSpread(all, { budget: 300, spread: "tenths" });
    expect(new Set(chosen.map((i) => all[i]?.part)).size).toBe(15);
  });

  it("takes something of every part first when it is told to", () => {
    const all = Array.from({ length: 20 }, (_, i) =>
      choice({ tenth: i < 18 ? 0 : 9, part: i < 18 ? 0 : i - 17, salience: -i }),
    );
    const chosen = chooseSpread(all, { budget: 30, spread: "parts" });
    expect(chosen.map((i) => all[i]?.part)).toEqual([0, 1, 2]);
  });

  it("spreads without a promise to each tenth when the budget is small", () => {
    const all = Array.from({ length: 40 }, (_, i) => choice({ tenth: i % 10, salience: (i % 10) / 10 }));
    const tenths = chooseSpread(all, { budget: 50, spread: "even" }).map((i) => all[i]?.tenth);
    expect(new Set(tenths).size).toBe(5);
  });

  it("goes by salience alone when it is told to", () => {
    const all = Array.from({ length: 40 }, (_, i) => choice({ tenth: Math.floor(i / 4), salience: -i }));
    expect(chooseSpread(all, { budget: 40, spread: "best" })).toEqual([0, 1, 2, 3]);
  });

  it("says nothing twice", () => {
    const forms = new Set(["granite", "tower", "height"]);
    const all = [choice({ forms, salience: 3 }), choice({ forms, salience: 2 }), choice({ salience: 1 })];
    expect(chooseSpread(all, { budget: 100, spread: "even" })).toEqual([0, 2]);
  });

  it("takes a sentence of the same words for news when its number is another", () => {
    const words = ["inspection", "cost", "pound", "board", "paid"];
    const all = ["1013", "1050", "1050"].map((number) =>
      choice({ forms: new Set([...words, number]), numbers: new Set([number]) }),
    );
    expect(chooseSpread(all, { budget: 100, spread: "even" })).toEqual([0, 1]);
  });

  it.each([
    ["Tenants may keep dogs.", "Tenants may not keep dogs.", "eng"],
    ["The pension plan is not closed to new members.", "The pension plan is closed to new members.", "eng"],
    ["The supply agreement with Acme ends in May.", "The supply agreement with Zeta ends in May.", "eng"],
    ["Acme pays the rent on the first.", "Zeta pays the rent on the first.", "eng"],
    ["Mieter dürfen im Haus Hunde halten.", "Mieter dürfen im Haus keine Hunde halten.", "deu"],
    ["租户可以在公寓内饲养宠物。", "租户不可以在公寓内饲养宠物。", "cmn"],
  ])("takes %j and %j for two things", (one, other, language) => {
    const all = [one, other].map((text) => choice(wordingOf(text, language)));
    expect(chooseSpread(all, { budget: 100, spread: "even" })).toEqual([0, 1]);
  });

  it.each([
    ["The harbour of Hull was rebuilt in stone.", "The harbour was rebuilt in stone.", "eng"],
    ["However, the harbour was rebuilt in stone.", "The harbour was rebuilt in stone.", "eng"],
    ["The lease isn't valid without a stamp.", "The lease is not valid without a stamp.", "eng"],
    ["Der Vertrag endet im Mai.", "Im Mai endet der Vertrag.", "deu"],
  ])("takes %j and %j for one", (one, other, language) => {
    const all = [one, other].map((text) => choice(wordingOf(text, language)));
    expect(chooseSpread(all, { budget: 100, spread: "even" })).toEqual([0]);
  });

  it("chooses from 25,000 sentences of as many parts before the test times out", () => {
    const all = Array.from({ length: 25_000 }, (_, i) =>
      choice({
        ...wordingOf(`Common words of the old harbour, part${i} page${i}`),
        tenth: Math.floor(i / 2500),
        part: i,
        salience: (i * 7919) % 101,
      }),
    );
    expect(chooseSpread(all, { budget: 500, spread: "tenths" })).toHaveLength(50);
  });

  it("leaves out what is not worth it, unless there is nothing else", () => {
    const all = [choice({ salience: -4 }), choice({ salience: 1, tenth: 9 })];
    const options = { budget: 100, spread: "tenths", leastSalience: -1 } as const;
    expect(chooseSpread(all, options)).toEqual([1]);
    expect(chooseSpread(all.slice(0, 1), options)).toEqual([0]);
  });

  it("keeps to the budget, in input order, and chooses something of anything", () => {
    fc.assert(
      fc.property(
        choices,
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom("tenths" as const, "parts" as const, "even" as const, "best" as const),
        (given, budget, spread) => {
          const all = given.map(withForms);
          const chosen = chooseSpread(all, { budget, spread });
          const cost = chosen.reduce((sum, i) => sum + (all[i]?.cost ?? 0), 0);
          expect(chosen.length).toBeGreaterThan(0);
          expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
          if (chosen.length > 1) expect(cost).toBeLessThanOrEqual(budget);
        },
      ),
    );
  });
});
