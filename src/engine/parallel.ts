import { contentWords } from "./ranking/words.ts";

/** More would be lost of the question than what the follow-up speaks of instead. */
const MOST_LOST = 1;

type Token = { readonly text: string; readonly start: number; readonly end: number };
type Place = { readonly from: number; readonly to: number };

/**
 * A question with what a follow-up names in the place of its like: "Where are configuration files stored?", "log files"
 * become "Where are log files stored?". The place is told by a word that both have, or by a number; undefined without one,
 * or where words would be lost that the follow-up does not answer for. `keeps`: words that stay in any case.
 */
export function inItsPlace(
  named: string,
  before: string,
  { language, keeps }: { readonly language: string; readonly keeps: (word: string) => boolean },
): string | undefined {
  const [own, there] = [tokensOf(named), tokensOf(before)];
  const place = own.flatMap((word, i) => {
    const alike = there.flatMap((other, j) => (areAlike(word.text, other.text, language) ? [j] : []));
    const left = wordBefore(own, i);
    const j = alike.find((at) => left !== "" && wordBefore(there, at) === left) ?? alike[0];
    return j === undefined ? [] : [placeOf({ own, i, there, j })];
  })[0];
  if (place === undefined) return undefined;
  let { from, to } = place;
  while (from < to && keeps(there[from]?.text ?? "")) from += 1;
  while (to > from && keeps(there[to - 1]?.text ?? "")) to -= 1;
  const [first, last] = [there[from], there[to - 1]];
  if (first === undefined || last === undefined || to <= from) return undefined;
  const lost = contentWords(before.slice(first.start, last.end), language).map(({ form }) => form);
  const said = new Set(contentWords(named, language).map(({ form }) => form));
  if (lost.filter((form) => !said.has(form)).length > MOST_LOST) return undefined;
  return `${before.slice(0, first.start)}${named}${before.slice(last.end)}`;
}

function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(/[^\s?!,;:]+/gu), ({ 0: found, index }) => {
    const word = found.replace(/\.$/u, "");
    return { text: word, start: index, end: index + word.length };
  });
}

function isNumeral(word: string): boolean {
  return /^\p{Nd}/u.test(word);
}

/** Whether two words are numbers of one kind: 2022 and 2023, 4 and 5, but not 12 and 2023. */
export function areOfOneShape(one: string, other: string): boolean {
  return isNumeral(one) && isNumeral(other) && shapeOf(one) === shapeOf(other);
}

/** Years, and other numbers of up to three digits; others by their digits and marks. */
function shapeOf(number: string): string {
  if (/^(?:1\d|20)\d\d$/u.test(number)) return "year";
  return /^\p{Nd}{1,3}$/u.test(number) ? "few" : number.replaceAll(/\p{Nd}/gu, "0");
}

function wordBefore(tokens: readonly Token[], at: number): string {
  return tokens[at - 1]?.text.toLowerCase() ?? "";
}

function areAlike(one: string, other: string, language: string): boolean {
  if (isNumeral(one)) return areOfOneShape(one, other);
  const forms = new Set(contentWords(one, language).map(({ form }) => form));
  return contentWords(other, language).some(({ form }) => forms.has(form));
}

type Alike = {
  readonly own: readonly Token[];
  readonly i: number;
  readonly there: readonly Token[];
  readonly j: number;
};

/** What is other stands before the word that is alike ("log files") or behind it ("the target binary"). */
function placeOf({ own, i, there, j }: Alike): Place {
  const isOtherBefore = i > 0 && own[i - 1]?.text.toLowerCase() !== there[j - 1]?.text.toLowerCase();
  const from = Math.max(0, j - i);
  const end = isOtherBefore ? j + 1 : j - i + own.length;
  // Behind the end there is no like.
  return { from, to: end > there.length ? from : end };
}
