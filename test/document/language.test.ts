import { describe, expect, it } from "vitest";
import { languageName } from "../../src/document/language.ts";

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
