import { contentWords } from "../ranking/words.ts";

/** Numbers with the marks inside them: "2,300", "3.5", "12:30". */
const NUMBER = /\d+(?:[.,:]\d+)*/gu;
/** A comma before three digits only groups them. */
const GROUPING = /,(?=\d{3}(?:\D|$))/gu;

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

/** What a text's numbers and words are, for sentences that must not bring their own. */
export type Inventory = { readonly numbers: ReadonlySet<string>; readonly words: ReadonlySet<string> };

export function inventory(text: string): Inventory {
  return { numbers: new Set(numbers(text)), words: new Set(contentWords(text).map(({ form }) => form)) };
}

/**
 * Numbers and capitalised words of a sentence that stand nowhere in the text, as written, in order. At the start of
 * the sentence a capital may mean nothing: common openers are let pass there, any other word must be known.
 */
export function foreignTerms(sentence: string, { numbers: known, words }: Inventory): string[] {
  const ofNumbers = numbers(sentence).filter((number) => !known.has(number));
  const found = contentWords(sentence);
  const ofNames = found.flatMap(({ form, start, end }) => {
    const written = sentence.slice(start, end);
    if (!/^\p{Lu}/u.test(written) || words.has(form)) return [];
    const opens = !/[\p{L}\p{N}]/u.test(sentence.slice(0, start));
    return opens && OPENERS.has(written.toLowerCase()) ? [] : [written];
  });
  return [...new Set([...ofNumbers, ...ofNames])];
}

/** Numbers of a text that its source does not have. */
export function foreignNumbers(text: string, source: string): string[] {
  const known = new Set(numbers(source));
  return [...new Set(numbers(text).filter((number) => !known.has(number)))];
}

function numbers(text: string): string[] {
  return (text.match(NUMBER) ?? []).map((number) => number.replaceAll(GROUPING, ""));
}
