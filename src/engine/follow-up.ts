import { type FollowUpWords, followUpWords } from "./follow-up-words.ts";
import { withoutFormalPronouns } from "./formal-pronouns.ts";
import { areOfOneShape, inItsPlace } from "./parallel.ts";
import { folded, plain } from "./ranking/fold.ts";
import { negations } from "./ranking/negation.ts";
import { numbersIn } from "./ranking/numbers.ts";
import { contentWords } from "./ranking/words.ts";

/** What a follow-up stands on: the question before it, as it was asked, and its answer. */
export type Turn = { readonly question: string; readonly answer: string };

const PHRASES = /^(?:(?:what|how) about\b|which ones?\b(?! of\b))|^(?:was ist mit|que hay de)\b/u;
/** What follows "how": "long" in "how long did it take". */
const HOW = /^how\s+\p{L}+\s+/u;

/**
 * Whether a question needs the one before it: it begins as one that goes on ("and", "what about"), has no word that
 * carries content ("why?"), is a part of a sentence without a verb ("in 2023?"), or refers back before it names
 * anything ("how long did it take?"; not "what does the lease say of its end?"). English, German and French; of four other
 * languages the beginnings. `language`: the documents', as an ISO 639-3 code.
 */
export function isFollowUp(question: string, language = "eng"): boolean {
  const asked = bare(opened(question));
  const all = lettered(asked);
  const own = followUpWords(question, language);
  if (own.openers.has(firstWord(question)) || PHRASES.test(asked)) return true;
  if (contentWords(question, own.language).length === 0) return true;
  if (own.prepositions.has(all[0] ?? "") && !all.some((word) => own.asking.has(word))) return true;
  const stated = withoutFormalPronouns(question, own.language);
  const rest = lettered(bare(opened(stated)).replace(HOW, ""));
  const named = rest.findIndex((word) => isNaming(word, own));
  const refers = rest.findIndex((word) => own.referring.has(word));
  return refers !== -1 && (named === -1 || refers < named);
}

function isNaming(word: string, { language, referring, asking, quantities }: FollowUpWords): boolean {
  const saysNothing = referring.has(word) || asking.has(word) || quantities.has(word);
  return !saysNothing && contentWords(word, language).length > 0;
}

/**
 * A follow-up that stands for itself, without a writer. What it names takes the place of its like in the question before
 * it: "How many ships sank in 2022?", "and in 2023?" become "How many ships sank in 2023?". Where there is none, the words
 * of the question before that carry content come into the follow-up, and the question word where it has none.
 */
export function carried(question: string, before: string, documentLanguage = "eng"): string {
  const own = followUpWords(`${before} ${question}`, documentLanguage);
  const { language, asking } = own;
  const rest = withoutOpener(question, documentLanguage);
  if (rest === "") return before;
  const asks = lettered(rest).some((word) => asking.has(word));
  const keeps = (word: string): boolean => asking.has(bare(word));
  const placed = asks ? undefined : inItsPlace(rest, before, { language, keeps });
  if (placed !== undefined) return placed;
  const phrase = asks ? "" : questionPhrase(before, own);
  const kept = missingWords(question, before, own).filter((word) => !phrase.split(" ").includes(word));
  if (kept.length === 0) return question;
  if (asks) return `${rest} ${kept.join(" ")}?`;
  return phrase === "" ? `${rest}: ${kept.join(" ")}?` : `${phrase} ${kept.join(" ")} ${rest}?`;
}

/** "in 2023" for "And in 2023?". */
function withoutOpener(question: string, documentLanguage: string): string {
  const { openers } = followUpWords(question, documentLanguage);
  const text = opened(question).replace(/[\s?.!]+$/u, "");
  const first = firstWord(text);
  const rest = openers.has(first) ? text.slice(first.length).replace(/^[\s,:]+/u, "") : text;
  return rest.replace(/^(?:what|how) about\b\s*/iu, "");
}

/** "How many" of "How many ships sank?"; empty where nothing is asked by a question word. */
function questionPhrase(question: string, { questions }: FollowUpWords): string {
  for (const { 0: word, index } of question.matchAll(/[\p{L}\p{M}]+/gu)) {
    if (!questions.has(bare(word))) continue;
    return /^how\s+\p{L}+/iu.exec(question.slice(index))?.[0] ?? word;
  }
  return "";
}

/** Words of the question before that carry content and are not in the follow-up, as they were written. */
function missingWords(question: string, before: string, { language, referring }: FollowUpWords): string[] {
  const own = new Set(contentWords(question, language).map(({ form }) => form));
  const numbers = numbersIn(question);
  const kept = new Map<number, string>();
  for (const { form, start, end } of contentWords(before, language)) {
    const written = before.slice(start, end);
    if (own.has(form) || numbers.some((number) => areOfOneShape(number, written))) continue;
    if (referring.has(bare(written))) continue;
    own.add(form);
    kept.set(start, written);
  }
  return [...kept.values()];
}

/** Whether a writer's version of a follow-up may be asked: one question, not much longer, and nothing of it is lost. */
export function isWholeQuestion(rewritten: string, question: string, documentLanguage = "eng"): boolean {
  if (rewritten === "" || rewritten.length > 300 || !rewritten.endsWith("?")) return false;
  if (rewritten.slice(0, -1).includes("?")) return false;
  const { language, referring, openers } = followUpWords(question, documentLanguage);
  if (negations(rewritten, language) < negations(question, language)) return false;
  const forms = new Set(contentWords(rewritten, language).map(({ form }) => form));
  return contentWords(question, language).every(
    ({ form, exact }) => forms.has(form) || referring.has(exact) || openers.has(exact),
  );
}

/** Without what Spanish opens a question with. */
function opened(question: string): string {
  return question.trim().replace(/^[¿¡\s]+/u, "");
}

/** In lower case, with its accents. */
function firstWord(text: string): string {
  return /[\p{L}\p{M}\p{N}]+/u.exec(plain(text))?.[0] ?? "";
}

function lettered(text: string): readonly string[] {
  return bare(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** In lower case and without accents. */
function bare(text: string): string {
  return folded(plain(text));
}
