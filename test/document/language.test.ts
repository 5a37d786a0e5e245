import { describe, expect, it } from "vitest";
import { detectLanguage, languageName } from "../../src/document/language.ts";
import { parseBytes } from "../../src/document/parse.ts";
import { caseFile } from "../helpers/case-file.ts";

describe("detectLanguage", () => {
  it("knows a language that is well ahead of others, or of all but its next relatives", () => {
    const german =
      "Der Turm wurde im vorigen Jahrhundert gebaut, und seitdem wird das Licht jede Nacht entzündet. ";
    const danish =
      "Tårnet blev bygget i forrige århundrede, og siden da er lyset blevet tændt hver eneste nat af vagten. ";
    expect(detectLanguage(german.repeat(30))).toBe("deu");
    expect(["dan", "nob"]).toContain(detectLanguage(danish.repeat(30)));
  });

  it.each(["t02-ansi.log", "t06-app.conf"])("is silent where words are too few to tell: %s", async (name) => {
    expect(detectLanguage((await parseBytes(await caseFile(name), name)).text)).toBeUndefined();
  });
});

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
