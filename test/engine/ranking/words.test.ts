import { describe, expect, it } from "vitest";
import { folded } from "../../../src/engine/ranking/fold.ts";
import { contentWords } from "../../../src/engine/ranking/words.ts";

function forms(text: string, language?: string): string[] {
  return contentWords(text, language).map(({ form }) => form);
}

describe("contentWords", () => {
  it("drop stop words, stem, and keep places", () => {
    expect(contentWords("What are the late fees?")).toEqual([
      { form: "late", exact: "late", start: 13, end: 17 },
      { form: "fee", exact: "fees", start: 18, end: 22 },
    ]);
  });

  it.each([
    ["composed", "Zo\u00eb"],
    ["decomposed", "Zoe\u0308"],
    ["without accent", "Zoe"],
    ["of full width", "\uff3a\uff4f\uff45"],
    ["with a soft hyphen", "Zo\u00ade"],
    ["with a zero-width space", "Zo\u200be"],
    ["with a word joiner", "Zo\u2060e"],
    ["behind a byte order mark", "\ufeffZoe"],
  ])("give one form for a name %s, and the place of the text as written", (_, name) => {
    const text = `saw ${name} there`;
    const [, word] = contentWords(text);
    expect(word?.form).toBe("zoe");
    expect(text.slice(word?.start, word?.end)).toBe(name);
  });

  it.each([
    ["Crèvecœur", "Crevecoeur"],
    ["Straße", "Strasse"],
    ["Ångström", "Angstrom"],
    ["Łódź", "Lodz"],
    ["résumé", "resume"],
    ["inspected", "inspection"],
    ["boiler's", "boilers"],
    ["6th", "6"],
  ])("give %s and %s one form", (a, b) => {
    expect(forms(a)).toEqual(forms(b));
  });

  it.each([
    ["deu", "Häuser", "Haus"],
    ["fra", "inspections", "inspection"],
    ["spa", "canciones", "canción"],
    ["rus", "договора", "договором"],
    ["ell", "λιμάνια", "λιμάνι"],
  ])("stem %s", (language, a, b) => {
    expect(forms(a, language)).toEqual(forms(b, language));
  });

  it.each([
    ["tur", "iş on gün", ["iş", "on", "gün"]],
    ["vie", "là an toàn", ["là", "an", "toàn"]],
    ["swe", "is på sjön", ["is", "pa", "sjön"]],
    ["fra", "l'an passé", ["an", "passé"]],
  ])("keep words of %s that English has as stop words", (language, text, kept) => {
    const found = contentWords(text, language).map(({ start, end }) => text.slice(start, end));
    for (const word of kept) expect(found.map((one) => folded(one))).toContain(folded(word));
  });

  it("find a word of Korean under any particle, also where its syllables are written as letters", () => {
    const [text, asked] = [forms("임대차계약서를 2019년에 썼다", "kor"), forms("계약서는", "kor")];
    expect(asked.filter((form) => text.includes(form))).toEqual(["계약", "약서"]);
    expect(forms("계약서는".normalize("NFD"), "kor")).toEqual(asked);
    const written = "그 계약서";
    const [, word] = contentWords(written, "kor");
    expect(written.slice(word?.start, word?.end)).toBe("계약");
  });

  it("keep acronyms whose letters are stop words, but not in a line of capitals", () => {
    expect(forms("The IT budget of the WHO, and who approves it")).toEqual(["it", "budget", "who", "approv"]);
    expect(forms("WHO APPROVES IT\nThe budget is his.")).toEqual(["approv", "budget"]);
    expect(forms("WHO?")).toEqual([]);
  });

  it("keep the tone marks of Vietnamese, and letters that are no accents", () => {
    expect(forms("má", "vie")).not.toEqual(forms("ma", "vie"));
    expect(forms("йод", "bul")).toEqual(["йод"]);
  });

  it.each([
    ["--max-answer", ["max", "answer"]],
    ["foo_bar", ["foobar", "foo", "bar"]],
    ["fooBar", ["foobar", "foo", "bar"]],
    ["getURLFor", ["geturlfor", "get", "url"]],
    ["5kg", ["5kg", "5", "kg"]],
    ["well-known", ["well", "known"]],
  ])("of %s are %j", (text, expected) => {
    expect(forms(text)).toEqual(expected);
  });

  it("give the parts of a compound their own places", () => {
    const places = contentWords("a fooBar_baz").map(({ start, end }) => [start, end]);
    expect(places).toEqual([
      [2, 12],
      [2, 5],
      [5, 8],
      [9, 12],
    ]);
  });

  it("split text without spaces into overlapping pairs, and words of other scripts in it off", () => {
    expect(forms("賃貸契約")).toEqual(["賃貸", "貸契", "契約"]);
    expect(forms("2024年AI技術")).toEqual(["2024", "年", "ai", "技術"]);
    expect(contentWords("𠮷野家").map(({ start, end }) => [start, end])).toEqual([
      [0, 3],
      [2, 4],
    ]);
  });

  it.each([
    ["eng", "Whose boiler is it?", ["boiler"]],
    ["deu", "Wer bezahlt die Miete, und für wen?", ["bezahlt", "miet"]],
    ["spa", "¿Quién paga el alquiler?", ["pag", "alquil"]],
    ["deu", "Who pays the Miete?", ["pays", "miet"]],
  ])("leave out question words (%s)", (language, question, expected) => {
    expect(forms(question, language)).toEqual(expected);
  });

  it("keep vowel signs in their words", () => {
    expect(forms("हिन्दी", "hin")).toHaveLength(1);
  });
});
