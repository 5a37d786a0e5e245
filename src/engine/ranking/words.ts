import type { Span } from "../../document/sentences.ts";
import { isAcronym } from "./acronym.ts";
import { characterPairs, isPaired, pairedSegments } from "./character-pairs.ts";
import { withAsciiDigits } from "./digits.ts";
import { folded, INVISIBLE, plain } from "./fold.ts";
import { isNumber, NUMBER, numberForms } from "./numbers.ts";
import { stem } from "./stemmer.ts";
import { isStopWord } from "./stop-words.ts";

export type Word = Span & {
  /** What it is matched by: the stem in lower case without accents, or a number's normal form. */
  readonly form: string;
  /** The same without stemming: "inspections" where the form is "inspect". */
  readonly exact: string;
};

/** What an apostrophe cuts off: "boiler's", "they'll". */
const CLITICS = new Set("s t d ll re ve m".split(" "));

const RUN = new RegExp(`${NUMBER}|[\\p{L}\\p{M}\\p{Nd}_${INVISIBLE}]+`, "gu");

/** Words that were cut before, by language: most of a text are repetitions. */
const known = new Map<string, Map<string, readonly Word[]>>();
const MOST_KNOWN = 500_000;

/**
 * Words that carry content, with their places. Compounds such as foo_bar or fooBar give their parts as well; scripts
 * without spaces, and Korean, give overlapping pairs of characters, the usual index unit for them. `language`: ISO 639-3 code.
 */
export function contentWords(text: string, language = "eng"): Word[] {
  const words: Word[] = [];
  eachWord(text, language, ({ form, exact, start, end }, at) => {
    words.push({ form, exact, start: at + start, end: at + end });
  });
  return words;
}

/** Visits the words that carry content, in order; their offsets count from `at`. */
export function eachWord(text: string, language: string, visit: (word: Word, at: number) => void): void {
  const cut = cutWords(language);
  for (const match of withAsciiDigits(text).matchAll(RUN)) {
    const run = match[0];
    const at = match.index;
    if (isApostrophe(text.charCodeAt(at - 1)) && CLITICS.has(run.toLowerCase())) continue;
    let words = cut.get(run);
    if (words === undefined) {
      words = isNumber(run) ? wordsOfNumber(run) : wordsOfRun(run, language);
      cut.set(run, words);
    }
    if (words.length === 0 && isAcronym(run, text, at)) words = [acronym(run)];
    for (const word of words) visit(word, at);
  }
}

function cutWords(language: string): Map<string, readonly Word[]> {
  const cut = known.get(language);
  if (cut !== undefined && cut.size < MOST_KNOWN) return cut;
  const empty = new Map<string, readonly Word[]>();
  known.set(language, empty);
  return empty;
}

function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019;
}

function wordsOfNumber(run: string): Word[] {
  return numberForms(run).map((form) => ({ form, exact: form, start: 0, end: run.length }));
}

/** Offsets count from the start of the run. */
function wordsOfRun(run: string, language: string): Word[] {
  if (!isPaired(run)) return compound(run, 0, language);
  return pairedSegments(run).flatMap(({ segment, at }) => {
    if (!isPaired(segment)) return compound(segment, at, language);
    return characterPairs(segment).map(({ form, start, end }) => {
      return { form, exact: form, start: at + start, end: at + end };
    });
  });
}

/** Parts of foo_bar, fooBar and 5kg. */
const PART = /\d+(?=\p{L}+$)|(?<=^\d+)\p{L}+$|\p{Lu}+(?!\p{Ll})|\p{Lu}?[^\p{Lu}_]+/gu;

function compound(run: string, at: number, language: string): Word[] {
  const whole = plain(run.replaceAll("_", ""));
  const ordinal = /^(\d+)(?:st|nd|rd|th)$/u.exec(whole)?.[1];
  const place = { start: at, end: at + run.length };
  if (ordinal !== undefined) return [{ form: ordinal, exact: ordinal, ...place }];
  const words = word(whole, place, language);
  if (!/_|\p{Ll}\p{Lu}|^\d+\p{L}/u.test(run)) return words;
  const parts = [...run.matchAll(PART)];
  if (parts.length < 2) return words;
  const ofParts = parts.flatMap(({ 0: part, index }) => {
    return word(plain(part), { start: at + index, end: at + index + part.length }, language);
  });
  return [...words, ...ofParts];
}

function word(written: string, place: Span, language: string): Word[] {
  const exact = folded(written);
  if (exact === "" || isStopWord({ written, exact }, language)) return [];
  return [{ form: stem({ written, exact }, language), exact, ...place }];
}

/** One whose letters would be a stop word otherwise. */
function acronym(run: string): Word {
  const form = plain(run);
  return { form, exact: form, start: 0, end: run.length };
}
