import { monthsIn } from "../ranking/months.ts";
import { numberForms, numbersIn } from "../ranking/numbers.ts";
import { contentWords, type Word } from "../ranking/words.ts";

/** Words that begin a sentence with a capital without being names; stop words never are. */
const OPENERS = new Set(
  (
    "according additionally after all although also among another any because before besides between both despite due during each " +
    "either even every few finally first following furthermore given however including instead last later many " +
    "meanwhile more moreover most much neither no nobody none nothing once one only other otherwise overall per several " +
    "since some specifically still than therefore though through throughout thus today two under unlike until upon while " +
    "within without yet"
  ).split(" "),
);

/** What a text's numbers (their forms) and words are, for sentences that must not bring their own. */
export type Inventory = {
  readonly numbers: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  /** ISO 639-3 code of the text's language, whose stems the words are. */
  readonly language: string;
};

export function inventory(text: string, language: string): Inventory {
  const words = new Set(contentWords(text, language).map(({ form }) => form));
  return { numbers: formsIn(text), words, language };
}

/**
 * Numbers and capitalised words of a sentence that stand nowhere in the text, as written, in order. At the start of
 * the sentence a capital may mean nothing: common openers are let pass there, any other word must be known. Which words
 * are openers is known of English alone; in other languages the first word is let pass.
 */
export function foreignTerms(sentence: string, { numbers: known, words, language }: Inventory): string[] {
  const ofNumbers = numbersIn(sentence).filter((number) => !isKnown(number, known));
  const months = monthsIn(sentence).filter(({ number }) => known.has(number));
  const named = capitalised(sentence, contentWords(sentence, language));
  const ofNames = named.flatMap(({ form, start, end }) => {
    if (words.has(form) || (language !== "eng" && opens(sentence, start))) return [];
    return months.some((month) => month.start === start) ? [] : [sentence.slice(start, end)];
  });
  return [...new Set([...ofNumbers, ...ofNames])];
}

/** The words of a sentence that have a capital, as names do, without common openers at its start. */
export function capitalised(sentence: string, words: readonly Word[]): Word[] {
  return words.filter(({ start, end }) => {
    const written = sentence.slice(start, end);
    if (!/^\p{Lu}/u.test(written)) return false;
    return !OPENERS.has(written.toLowerCase()) || !opens(sentence, start);
  });
}

/** Whether nothing but marks stands before this place of a sentence. */
function opens(sentence: string, start: number): boolean {
  return !/[\p{L}\p{N}]/u.test(sentence.slice(0, start));
}

/** Numbers of a text that its source does not have, as written: 2,5 is 2.5, as other languages have it. */
export function foreignNumbers(text: string, source: string): string[] {
  const known = formsIn(source);
  return [...new Set(numbersIn(text).filter((number) => !isKnown(number, known)))];
}

function formsIn(text: string): ReadonlySet<string> {
  return new Set([...numbersIn(text), ...monthsIn(text).map(({ number }) => number)].flatMap(numberForms));
}

/** A number is known as a whole; ranges, fractions and groups that a space parts are known by all of their parts, too. */
function isKnown(number: string, known: ReadonlySet<string>): boolean {
  const [whole = "", ...parts] = numberForms(number);
  return known.has(whole) || (/[-/\s]/u.test(number) && parts.every((part) => known.has(part)));
}
