import { namesMonth } from "./month-names.ts";

/** White space follows them: marks of Latin scripts, Hindi, Arabic, Urdu and Armenian. */
const SPACED_MARKS = ".!?…।॥؟۔։";
/** Of Chinese and Japanese. */
const UNSPACED_MARKS = "。！？";
/** The marks that end a sentence, for a class of a pattern. */
export const END_MARKS = SPACED_MARKS + UNSPACED_MARKS;

/** A full stop after one of these seldom ends a sentence. Lower case, without the stop. */
const ABBREVIATIONS = new Set(
  "mr mrs ms dr prof sr jr st vs etc al cf e.g i.e eg ie inc ltd co dept approx ca bzw".split(" "),
);
/** These do not end one when a number follows: "No. 5", "Fig. 2", "Reg. 12", "Abs. 2 Nr. 3", "Dec. 31". */
const BEFORE_NUMBERS = new Set(
  "no nos fig figs eq eqs sec vol art ch p pp reg regs cl para paras sch abs nr ziff kap anl jan feb mär apr jun jul aug sep sept okt oct nov dez dec".split(
    " ",
  ),
);
/** A day, or a year, which Hungarian writes with a stop as well; no section's or version's number. */
const ORDINAL = /(?<![\d.,])(?:\d{1,2}|\d{4})$/;

/** Marks of footnotes may stand between a full stop and the space after it: day.³ day.[3] */
const FOOTNOTE_MARK = /(?:[⁰¹²³⁴-⁹]+(?:,[⁰¹²³⁴-⁹]+)*|(?:\[\d{1,3}\])+)?/u.source;
const SENTENCE_END = new RegExp(
  [
    // Only from the first of several marks: a long row of dots, looked at from each of them, would take minutes.
    `(?<![${SPACED_MARKS}])[${SPACED_MARKS}]+["'”’)\\]]*${FOOTNOTE_MARK}(?=\\s)`,
    `[${UNSPACED_MARKS}]+[」』”]?`,
    /\n[ \t]*\n/u.source,
    /\n(?=[ \t]*[•▪◦*–-]\s)/u.source,
  ].join("|"),
  "gu",
);

/** Where a sentence ends in a text: its mark, or a line break. */
export type SentenceEnd = { readonly start: number; readonly end: number };

/** A line that begins with "3.", "(3)" or "3)". */
const NUMBERED_LINE = /(?:^|\n)(?=[ \t\u00a0]*(\(?)(\d{1,3})([.)])\s)/g;

/** The ends of sentences in a text, in order: marks, blank lines, and line breaks before the items of lists. */
export function sentenceEnds(text: string): SentenceEnd[] {
  const ends = [...text.matchAll(SENTENCE_END)].flatMap(({ 0: mark, index }) => {
    const goesOn = mark === "." && (endsInAbbreviation(text, index) || endsInOrdinal(text, index));
    return goesOn ? [] : [{ start: index, end: index + mark.length }];
  });
  return [...ends, ...numberedItems(text)].sort((a, b) => a.start - b.start);
}

function endsInAbbreviation(text: string, stop: number): boolean {
  const word = /[\p{L}.]+$/u.exec(text.slice(Math.max(0, stop - 12), stop))?.[0].toLowerCase();
  if (word === undefined) return false;
  if (BEFORE_NUMBERS.has(word)) return /^\s*\d/u.test(text.slice(stop + 1, stop + 4));
  return ABBREVIATIONS.has(word) || /^\p{L}$/u.test(word);
}

/**
 * Whether a stop makes a number an ordinal: a month follows ("am 31. Dezember"), or on the same line a word in lower case
 * ("na 4. konzoli"). The next line of a table or a program may begin with any word.
 */
function endsInOrdinal(text: string, stop: number): boolean {
  if (!ORDINAL.test(text.slice(Math.max(0, stop - 5), stop))) return false;
  const behind = text.slice(stop + 1, stop + 30);
  return /^[ \t]+\p{Ll}/u.test(behind) || namesMonth(/^\s+(\p{L}+)/u.exec(behind)?.[1] ?? "");
}

/**
 * Line breaks before the items of numbered lists. A number at the start of a line may be of the sentence before ("on
 * page\n12."): it is an item's behind a colon or semicolon, and where the number before or after it in the text is next to it.
 */
function numberedItems(text: string): SentenceEnd[] {
  const lists = new Map<string, { readonly start: number; readonly number: number }[]>();
  for (const { 1: open = "", 2: number, 3: close = "", index } of text.matchAll(NUMBERED_LINE)) {
    const form = open + close;
    const list = lists.get(form) ?? [];
    list.push({ start: index, number: Number(number) });
    lists.set(form, list);
  }
  const items = [...lists.values()].flatMap((list) =>
    list.filter(({ start, number }, i) => {
      const isNext = list[i - 1]?.number === number - 1 || list[i + 1]?.number === number + 1;
      return isNext || /[:;]\s*$/.test(text.slice(Math.max(0, start - 4), start));
    }),
  );
  return items.filter(({ start }) => text[start] === "\n").map(({ start }) => ({ start, end: start + 1 }));
}
