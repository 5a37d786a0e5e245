import { isYesOrNo } from "../condenser/local-tokens.ts";
import { negations } from "../ranking/negation.ts";
import { exactWords } from "./marked-words.ts";
import type { Source } from "./match.ts";
import { hasWords } from "./plain-words.ts";

/** A short answer that the writer was told of, and the passage that gives it. */
export type Told = { readonly text: string; readonly source: Source };

/** Between clauses; not within 1,450. */
const BETWEEN = /[,;:.!?](?:\s+|$)|[、，。；：]|\s[–-]\s|—/u;

/**
 * The passage of the first of the short answers that a sentence says word for word, and denies no more than the answer does.
 * Yes and no are said at its beginning. `language`: the documents', as an ISO 639-3 code.
 */
export function sourceTold(sentence: string, told: readonly Told[], language: string): Source | undefined {
  const clauses = sentence.split(BETWEEN);
  const said = [sentence, ...clauses].map((text) => ({
    words: exactWords(text),
    denied: negations(text, language),
  }));
  const first = exactWords(clauses[0] ?? "");
  return told.find(({ text }) => {
    const sought = exactWords(text);
    if (isYesOrNo(sought)) return first === sought;
    const denied = negations(text, language);
    return said.some((part) => part.denied === denied && hasWords(part.words, sought));
  })?.source;
}
