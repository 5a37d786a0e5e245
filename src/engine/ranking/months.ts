import { monthNames } from "../../document/month-names.ts";
import { folded, plain } from "./fold.ts";

/** Languages whose months have names of their own; others number them. */
const LANGUAGES = "en de fr es it pt nl pl ru sv da nb fi tr cs hu ro el uk".split(" ");

/** Name, in lower case without accents → number from 1. Made when it is first asked for: that takes some ten milliseconds. */
let numbers: ReadonlyMap<string, string> | undefined;

/** A word beside a day or a year: "5 March", "5. März", "5 de marzo", "March 2019", "March 5". */
const BESIDE_NUMBER =
  /(?<=\d(?:st|nd|rd|th|er|\.)?\s+(?:(?:of|de)\s+)?)\p{L}{3,}|\p{L}{3,}(?=\s+(?:(?:of|de)\s+)?\d)/giu;

/** A month's name in a date, where it stands, and its number from 1. */
export type NamedMonth = { readonly start: number; readonly number: string };

/** The months that are named in a text's dates: 3 for "5 March 2019", which is 2019年3月5日. */
export function monthsIn(text: string): NamedMonth[] {
  const found = [...text.matchAll(BESIDE_NUMBER)];
  if (found.length === 0) return [];
  numbers ??= new Map(LANGUAGES.flatMap(numbered));
  return found.flatMap(({ 0: name, index: start }) => {
    const number = numbers?.get(folded(plain(name)));
    return number === undefined ? [] : [{ start, number }];
  });
}

function numbered(language: string): [string, string][] {
  return monthNames(language, "long").map((name, month) => [folded(plain(name)), String(month + 1)]);
}
