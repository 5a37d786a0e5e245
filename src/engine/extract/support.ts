import type { Span } from "../../document/sentences.ts";
import { markedWords } from "../attribution/marked-words.ts";
import { hasWords } from "../attribution/plain-words.ts";
import { folded } from "../ranking/fold.ts";
import { numbersIn, valuesOf } from "../ranking/numbers.ts";
import type { Scalar, Value } from "./extraction.ts";
import type { Values } from "./parse-items.ts";

/** What values are looked for in. */
export type Text = { readonly letters: string; readonly numbers: ReadonlySet<number> };

export function textFor(text: string): Text {
  return { letters: lettersOf(text), numbers: new Set(numbersIn(text).flatMap(valuesOf)) };
}

/** Names of the values that the text does not have. Of true and false nothing can be said. */
export function unsupportedIn(values: Values, text: Text): string[] {
  return Object.entries(values)
    .filter(([, value]) => scalars(value).some((one) => !has(text, one)))
    .map(([name]) => name);
}

/** Whether the text has any of the values that can be looked for, or there is none to look for. */
export function hasAny(values: Values, text: Text): boolean {
  const sought = Object.values(values)
    .flatMap(scalars)
    .filter((one) => typeof one !== "boolean");
  return sought.length === 0 || sought.some((one) => has(text, one));
}

/** The sentence that has most of the values, of several the first; undefined where none has any. */
export function bestSentence(values: Values, sentences: readonly Span[], document: string): Span | undefined {
  let best: Span | undefined;
  let most = 0;
  for (const span of sentences) {
    const text = textFor(document.slice(span.start, span.end));
    const found = Object.values(values)
      .flatMap(scalars)
      .filter((one) => typeof one !== "boolean" && has(text, one)).length;
    if (found > most) [best, most] = [span, found];
  }
  return best;
}

/** Equal for values that differ in case, white space, accents and punctuation alone. */
export function sameness(values: Values): string {
  return JSON.stringify(
    Object.values(values).map((value) =>
      scalars(value).map((one) => (typeof one === "string" ? lettersOf(one) || one : one)),
    ),
  );
}

function scalars(value: Value): readonly Scalar[] {
  if (value === null) return [];
  return typeof value === "object" ? value : [value];
}

function has({ letters, numbers }: Text, value: Scalar): boolean {
  if (typeof value === "boolean") return true;
  if (typeof value === "number") return numbers.has(Math.abs(value));
  return hasWords(letters, lettersOf(value));
}

/** Between digits: 2.4, 12:30, 2-4. */
const BETWEEN_DIGITS = /(?<=\p{N})[.,:/-](?=\p{N})/gu;

/** Words in lower case without accents, a space between them; marks between digits and signs that make a word another stay. */
function lettersOf(text: string): string {
  return folded(markedWords(text)).replaceAll(BETWEEN_DIGITS, " $& ");
}
