import { describe, expect, it } from "vitest";
import { commonLanguage, detectLanguage, languageName } from "../../src/document/language.ts";
import { parseBytes } from "../../src/document/parse.ts";
import { caseFile } from "../helpers/case-file.ts";

describe("detectLanguage", () => {
  it("knows a language that is well ahead of others, or of all but its next relatives", () => {
    const german =
      "Der Turm wurde im vorigen Jahrhundert gebaut, und seitdem wird das Licht jede Nacht entzündet. Wer dort wohnt, muss das ganze Jahr über mit dem auskommen, was das Boot bringt. Im Winter kommt es nur selten, denn die See ist dann zu hoch. Die Kinder lernen bei ihrer Mutter lesen und schreiben. Einmal im Monat schickt die Verwaltung einen Mann, der die Lampe und die Bücher prüft. Er bleibt nie länger als einen Tag. Was er aufschreibt, bekommt der Wärter nicht zu sehen. So ist es immer gewesen, und niemand hat sich je darüber beklagt. ";
    const indonesian =
      "Menara itu dibangun pada abad yang lalu, dan sejak itu lampunya dinyalakan setiap malam oleh penjaga. Mereka yang tinggal di sana harus hidup dengan apa yang dibawa oleh perahu. Pada musim hujan perahu jarang datang karena ombak terlalu tinggi. Anak-anak belajar membaca dan menulis dari ibu mereka. Sekali dalam sebulan kantor mengirim seorang pegawai untuk memeriksa lampu dan buku catatan. Ia tidak pernah tinggal lebih dari satu hari. ";
    expect(detectLanguage(german.repeat(5))).toBe("deu");
    expect(detectLanguage(indonesian.repeat(6))).toBe("ind");
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
