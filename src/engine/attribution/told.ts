import { isYesOrNo } from "../condenser/local-tokens.ts";
import type { Source } from "./match.ts";
import { hasWords, plainWords } from "./plain-words.ts";

/** A short answer that the writer was told of, and the passage that gives it. */
export type Told = { readonly text: string; readonly source: Source };

/** The passage of the first of the short answers that a sentence says word for word; yes and no are said at its beginning. */
export function sourceTold(sentence: string, told: readonly Told[]): Source | undefined {
  const said = plainWords(sentence);
  return told.find(({ text }) => {
    const words = plainWords(text);
    return isYesOrNo(words) ? `${said} `.startsWith(`${words} `) : hasWords(said, words);
  })?.source;
}
