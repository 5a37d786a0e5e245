import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import { commonLanguage } from "../../document/language.ts";
import type { Source } from "../attribution/match.ts";
import { isYesOrNo } from "../condenser/local-tokens.ts";
import { contentWords } from "../ranking/words.ts";

/**
 * Share of an answer's content words that must stand in what it was taken from. Of 14 short answers of 152 questions (92 of dev sets, 60
 * in other words than the document's) that have less, none is right: a small model says there what it knows, or guesses.
 */
const LEAST_SAID = 0.5;
/** Words that begin alike are the same here: Germany and German, Argentina and Argentine. */
const SAME_BEGINNING = 5;

/** Whether an answer is mostly of words that its passage does not have, nor what stands before that in its chunk. */
export function isUnsaid(
  answer: string,
  { chunk: index, quote }: Pick<Source, "chunk" | "quote">,
  { documents, chunks }: { readonly documents: readonly Document[]; readonly chunks: readonly Chunk[] },
): boolean {
  const chunk = chunks[index];
  const text = documents[chunk?.document ?? -1]?.text;
  if (chunk === undefined || text === undefined) return false;
  return saysOther(
    answer,
    text.slice(Math.min(chunk.start, quote.start), quote.end),
    commonLanguage(documents),
  );
}

function saysOther(answer: string, text: string, language: string): boolean {
  if (isYesOrNo(answer)) return false;
  const words = contentWords(answer, language);
  const known = new Set(contentWords(text, language).flatMap(({ form, exact }) => [form, beginning(exact)]));
  const said = words.filter(({ form, exact }) => known.has(form) || known.has(beginning(exact)));
  return said.length < LEAST_SAID * words.length;
}

function beginning(word: string): string {
  return word.length < SAME_BEGINNING || /\d/u.test(word) ? word : `${word.slice(0, SAME_BEGINNING)}…`;
}
