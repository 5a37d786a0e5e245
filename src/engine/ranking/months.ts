import { folded, plain } from "./fold.ts";

/** Languages whose months have names of their own; others number them. */
const LANGUAGES = "en de fr es it pt nl pl ru sv da nb fi tr cs hu ro el uk".split(" ");

/** Name, in lower case without accents → number from 1. */
const NUMBERS: ReadonlyMap<string, string> = new Map(
  LANGUAGES.flatMap((language) => {
    const format = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone: "UTC" });
    return Array.from({ length: 12 }, (_, month): [string, string] => {
      const parts = format.formatToParts(Date.UTC(2024, month, 5));
      const name = parts.find(({ type }) => type === "month")?.value ?? "";
      return [folded(plain(name)), String(month + 1)];
    });
  }),
);

/** A word beside a day or a year: "5 March", "5. März", "5 de marzo", "March 2019", "March 5". */
const BESIDE_NUMBER =
  /(?<=\d(?:st|nd|rd|th|er|\.)?\s+(?:(?:of|de)\s+)?)\p{L}{3,}|\p{L}{3,}(?=\s+(?:(?:of|de)\s+)?\d)/giu;

/** The numbers of the months whose names stand in a date: 3 for "5 March 2019", which is 2019年3月5日. */
export function monthsIn(text: string): string[] {
  return (text.match(BESIDE_NUMBER) ?? []).flatMap((name) => NUMBERS.get(folded(plain(name))) ?? []);
}
