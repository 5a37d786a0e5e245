import type { Span } from "../../document/sentences.ts";

export type Word = Span & {
  /** Lower case; a plain English plural s is dropped so that "fees" meets "fee". */
  readonly form: string;
};

/** Too common to tell chunks of English text apart; other languages rely on idf alone. */
const STOP_WORDS = new Set(
  (
    "a about also am an and any are as at be because been being but by can could did do does doing for from had has have having " +
    "he her him his how i if in into is it its just " +
    "me my no not of on or our she should so such than that the their them then there these they this to too was we were " +
    "what when where which who whom why will with would you your"
  ).split(" "),
);

const RUN = /[\p{L}\p{N}_]+/gu;
const IDEOGRAPHIC = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * Words that carry content, with their places. Scripts without spaces give overlapping pairs of characters, the usual
 * index unit for them.
 */
export function contentWords(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(RUN)) {
    const run = match[0].toLowerCase();
    if (IDEOGRAPHIC.test(run)) pushPairs(words, run, match.index);
    else if (!STOP_WORDS.has(run)) {
      words.push({ form: singular(run), start: match.index, end: match.index + match[0].length });
    }
  }
  return words;
}

function pushPairs(words: Word[], run: string, at: number): void {
  if (run.length === 1) words.push({ form: run, start: at, end: at + 1 });
  for (let i = 0; i + 1 < run.length; i += 1) {
    words.push({ form: run.slice(i, i + 2), start: at + i, end: at + i + 2 });
  }
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** Share (0 … 1) of the smaller set's words that the other has. */
export function sharedWords(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const form of few) if (many.has(form)) shared += 1;
  return shared / Math.max(1, few.size);
}
