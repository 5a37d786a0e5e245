import { capitalised } from "../attribution/foreign.ts";
import { negations } from "../ranking/negation.ts";
import { contentWords } from "../ranking/words.ts";

/** What a text says, as repetitions are known by it. */
export type Wording = {
  /** Content words. */
  readonly forms: ReadonlySet<string>;
  /** Those of them that have digits. */
  readonly numbers: ReadonlySet<string>;
  /** Those of them that have a capital, as names do. */
  readonly names: ReadonlySet<string>;
  /** How often it denies. */
  readonly negations: number;
};

/** What shares more of its words than this with a text repeats it, unless it has news. */
const MOST_OVERLAP = 0.75;

/** `language`: ISO 639-3 code. */
export function wordingOf(text: string, language?: string): Wording {
  const words = contentWords(text, language);
  const forms = words.map(({ form }) => form);
  return {
    forms: new Set(forms),
    numbers: new Set(forms.filter((form) => /\d/u.test(form))),
    names: new Set(capitalised(text, words).map(({ form }) => form)),
    negations: negations(text, language),
  };
}

/**
 * Whether a text says again what another has said. A number that the other has not is news, and so is a name in place of
 * one that the other has, or that one denies what the other does not. `nShared`: content words that both have.
 */
export function repeats(text: Wording, said: Wording, nShared: number): boolean {
  const overlap = nShared / Math.max(1, Math.min(text.forms.size, said.forms.size));
  if (text.negations !== said.negations || overlap <= MOST_OVERLAP) return false;
  const hasOtherName = lacksAny(said.forms, text.names) && lacksAny(text.forms, said.names);
  return !hasOtherName && !lacksAny(said.forms, text.numbers);
}

function lacksAny(forms: ReadonlySet<string>, words: ReadonlySet<string>): boolean {
  for (const word of words) if (!forms.has(word)) return true;
  return false;
}
