import { folded, plain } from "./ranking/fold.ts";

/** What is said of a clause that follows: "is it possible to …". In lower case, without accents. */
const ADJECTIVES: Readonly<Record<string, string>> = {
  eng: "possible impossible allowed permitted forbidden prohibited legal illegal lawful unlawful necessary required mandatory obligatory compulsory safe dangerous advisable worth easy hard difficult important true known",
  deu: "moglich unmoglich erlaubt verboten gestattet zulassig unzulassig notig notwendig erforderlich pflicht sicher wichtig ratsam wahr bekannt",
  fra: "possible impossible permis interdit autorise necessaire obligatoire legal illegal dangereux important vrai",
};

/** "it" before a clause that says what is meant, "es gibt", "il y a", "one of the …": they refer to nothing before. */
const FORMAL: Readonly<Record<string, readonly RegExp[]>> = {
  eng: [
    new RegExp(
      `\\bit (?:\\p{L}+ ){0,2}?(?:${either("eng")}) (?:for (?=\\p{L})|to \\p{L}+|that\\b|if\\b)`,
      "gu",
    ),
    /\bit (?:usually |normally |typically )?(?:takes?|took|taken|costs?) (?:\p{L}+ ){0,3}?to \p{L}+/gu,
    /\bones? of (?=\p{L})/gu,
  ],
  deu: [
    new RegExp(
      `\\bes (?:\\p{L}+ )?(?:${either("deu")})\\b(?=.*\\b(?:zu|\\p{L}+zu\\p{L}+en|dass|wenn)\\b)`,
      "gu",
    ),
    /\b(?:dauert|dauerte|kostet|kostete) es\b(?=.*\b(?:zu|\p{L}+zu\p{L}+en|bis)\b)/gu,
    /\b(?:gibt|gab) es\b/gu,
  ],
  fra: [
    new RegExp(`\\best[- ]il (?:${either("fra")}) (?:de |d['’]|que |qu['’])`, "gu"),
    /\bfaut[- ]il\b|\bil faut\b|\by a[- ]t[- ]il\b|\bil y a\b/gu,
  ],
};

/** Departments of computers, in text that has small letters as well. */
const ACRONYM = /\bIT\b(?=.*\p{Ll})|(?<=\p{Ll}.*)\bIT\b/gu;

/** A question in lower case and without accents, without the pronouns that refer to nothing. */
export function withoutFormalPronouns(question: string, language: string): string {
  const patterns = [...new Set(["eng", language])].flatMap((code) => FORMAL[code] ?? []);
  const asked = folded(plain(question.replaceAll(ACRONYM, "computing")));
  return patterns.reduce((text, pattern) => text.replaceAll(pattern, " "), asked).trim();
}

function either(language: string): string {
  return (ADJECTIVES[language] ?? "").replaceAll(" ", "|");
}
