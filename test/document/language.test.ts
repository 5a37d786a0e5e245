import { describe, expect, it } from "vitest";
import { commonLanguage, languageName } from "../../src/document/language.ts";

describe("languageName", () => {
  it.each([
    ["de", "German"],
    ["deu", "German"],
    ["zh-hans", "Simplified Chinese"],
    ["zh-simplified", "zh-simplified"],
    ["xyz-a", "xyz-a"],
  ])("of %s is %s", (code, name) => {
    expect(languageName(code)).toBe(name);
  });
});

describe("commonLanguage", () => {
  const english = {
    text: "The harbour was closed in March, and the tower was painted white in the spring. ".repeat(9),
  };
  const german = {
    text: "Der Hafen war im März geschlossen, und der Turm wurde im Frühjahr gestrichen. ".repeat(9),
  };

  it("is that of most of the text", () => {
    expect(commonLanguage([english, german, { text: german.text }])).toBe("deu");
    expect(commonLanguage([english, german, { text: english.text }])).toBe("eng");
  });

  it("is English where there is too little to tell", () => {
    expect(commonLanguage([{ text: "Der Hafen." }])).toBe("eng");
    expect(commonLanguage([])).toBe("eng");
  });
});
