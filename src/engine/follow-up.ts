import { inItsPlace } from "./parallel.ts";
import { folded, plain } from "./ranking/fold.ts";
import { contentWords } from "./ranking/words.ts";

/** What a follow-up stands on: the question before it, as it was asked, and its answer. */
export type Turn = { readonly question: string; readonly answer: string };

const OPENERS = words(
  "and or but also then so plus",
  "und oder aber auch dann et ou mais aussi y o pero e ma en of maar",
);
const PHRASES = /^(?:(?:what|how) about|which ones?)\b|^(?:was ist mit|et pour|que hay de|e per)\b/u;
const REFERRING = words(
  "he she it they him her them his hers its their theirs this that these those ones else other others another",
  "er sie es ihn ihm ihr ihre ihren sein seine dies diese dieser das dort noch",
  "il elle ils elles lui leur leurs cela ceux autre autres",
);
/** How many there are of something; what, they do not say. */
const QUANTITIES = words(
  "several many more some any all both each few most",
  "mehrere viele mehr einige alle beide jeder wenige",
  "plusieurs beaucoup plus quelques tous toutes chaque peu",
);
const PREPOSITIONS = words(
  "in on at for from by with without before after until since during under over between about to",
  "im am bei fur von mit ohne vor nach bis seit unter zwischen",
  "dans sur pour par avec sans avant apres depuis",
);
const QUESTION_WORDS = words(
  "who whom whose what which when where why how",
  "wer wen wem was welche welcher welches wann wo warum wie",
  "qui que quoi quel quelle quand ou comment pourquoi combien",
);
const ASKING = new Set([
  ...QUESTION_WORDS,
  ...words("is are was were do does did has have had can could will would shall should may must"),
  ...words("ist sind war waren hat haben wird est sont"),
]);
/** What follows "how": "long" in "how long did it take". */
const HOW = /^how\s+\p{L}+\s+/u;

/**
 * Whether a question needs the one before it: it begins as one that goes on ("and", "what about"), has no word that
 * carries content ("why?"), is a part of a sentence without a verb ("in 2023?"), or refers back before it names
 * anything ("how long did it take?"; not "what does the lease say of its end?"). English, German and French.
 */
export function isFollowUp(question: string, language = "eng"): boolean {
  const asked = bare(question.trim());
  const all = lettered(asked);
  const [first = ""] = all;
  if (OPENERS.has(first) || PHRASES.test(asked)) return true;
  if (contentWords(question, language).length === 0) return true;
  if (PREPOSITIONS.has(first) && !all.some((word) => ASKING.has(word))) return true;
  const rest = lettered(asked.replace(HOW, ""));
  const named = rest.findIndex((word) => isNaming(word, language));
  const refers = rest.findIndex((word) => REFERRING.has(word));
  return refers !== -1 && (named === -1 || refers < named);
}

function isNaming(word: string, language: string): boolean {
  const saysNothing = REFERRING.has(word) || ASKING.has(word) || QUANTITIES.has(word);
  return !saysNothing && contentWords(word, language).length > 0;
}

/**
 * A follow-up that stands for itself, without a writer. What it names takes the place of its like in the question before
 * it: "How many ships sank in 2022?", "and in 2023?" become "How many ships sank in 2023?". Where there is none, the words
 * of the question before that carry content come into the follow-up, and the question word where it has none.
 */
export function carried(question: string, before: string, language = "eng"): string {
  const rest = withoutOpener(question);
  if (rest === "") return before;
  const asks = lettered(rest).some((word) => ASKING.has(word));
  const placed = asks ? undefined : inItsPlace(rest, before, { language, keeps: isAsking });
  if (placed !== undefined) return placed;
  const phrase = asks ? "" : questionPhrase(before);
  const kept = missingWords(question, before, language).filter((word) => !phrase.split(" ").includes(word));
  if (kept.length === 0) return question;
  if (asks) return `${rest} ${kept.join(" ")}?`;
  return phrase === "" ? `${rest}: ${kept.join(" ")}?` : `${phrase} ${kept.join(" ")} ${rest}?`;
}

function isAsking(word: string): boolean {
  return ASKING.has(bare(word));
}

/** "in 2023" for "And in 2023?". */
function withoutOpener(question: string): string {
  const text = question.trim().replace(/[\s?.!]+$/u, "");
  const [first = ""] = lettered(text);
  const opened = OPENERS.has(first) ? text.slice(first.length).replace(/^[\s,:]+/u, "") : text;
  return opened.replace(/^(?:what|how) about\b\s*/iu, "");
}

/** "How many" of "How many ships sank?"; empty where nothing is asked by a question word. */
function questionPhrase(question: string): string {
  for (const { 0: word, index } of question.matchAll(/[\p{L}\p{M}]+/gu)) {
    if (!QUESTION_WORDS.has(bare(word))) continue;
    return /^how\s+\p{L}+/iu.exec(question.slice(index))?.[0] ?? word;
  }
  return "";
}

/** Words of the question before that carry content and are not in the follow-up, as they were written. */
function missingWords(question: string, before: string, language: string): string[] {
  const own = new Set(contentWords(question, language).map(({ form }) => form));
  const hasNumber = /\p{Nd}/u.test(question);
  const kept = new Map<number, string>();
  for (const { form, start, end } of contentWords(before, language)) {
    const written = before.slice(start, end);
    if (own.has(form) || (hasNumber && /^\p{Nd}/u.test(written))) continue;
    if (REFERRING.has(bare(written))) continue;
    own.add(form);
    kept.set(start, written);
  }
  return [...kept.values()];
}

/** Whether a writer's version of a follow-up may be asked: one question, not much longer, and nothing of it is lost. */
export function isWholeQuestion(rewritten: string, question: string, language = "eng"): boolean {
  if (rewritten === "" || rewritten.length > 300 || !rewritten.endsWith("?")) return false;
  if (rewritten.slice(0, -1).includes("?")) return false;
  const forms = new Set(contentWords(rewritten, language).map(({ form }) => form));
  return contentWords(question, language).every(
    ({ form, exact }) => forms.has(form) || REFERRING.has(exact) || OPENERS.has(exact),
  );
}

function lettered(text: string): readonly string[] {
  return bare(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** In lower case and without accents, as the lists above are. */
function bare(text: string): string {
  return folded(plain(text));
}

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}
