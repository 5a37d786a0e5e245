import { ModelError } from "../../errors.ts";
import type { LanguageModel } from "../../model/language-model.ts";

/** The word by which a condenser says that a chunk does not answer. */
const NONE = " none";

/** What is evaluated behind a chunk's rows: the paper's local tokens (FocusLLM, arXiv 2408.11745, section 2.2). */
export type LocalTokens = {
  /** (nLocal) `\n\nQuestion: …\nAnswer:`, the form that condensers are trained with (training/FORM.md). */
  readonly tokens: Uint32Array;
  /** The token of ` none`. */
  readonly none: number;
  /** Whether the question asks for more than yes or no. */
  readonly asksForMore: boolean;
  /** Whether it asks for a date or a year by that name. */
  readonly asksForDate: boolean;
  /** The tokens of yes and no, as far as each is one. */
  readonly yesAndNo: readonly number[];
};

/**
 * Questions for a person, a thing, a time, a place, a way. Of 90,217 such questions in the training sets 144 are answered
 * with yes or no, of which most ask for it behind a clause.
 */
const ASKS_FOR_MORE =
  /^(?:(?:about|after|at|before|by|during|for|from|in|of|on|since|to|under|until|with)\s+)?(?:who|whom|whose|what|when|where|why|which|how)\b/iu;

/** Of 1,182 such questions in the training sets 8 have an answer without a digit. */
const ASKS_FOR_DATE =
  /^(?:(?:on|in|by|since|from|until|before|after|at)\s+)?(?:which|what)\s+(?:exact\s+|calendar\s+|specific\s+)?(?:date|year)\b/iu;

/** Yes and no of the languages that readers with a condenser know. */
const YES_OR_NO = /^(?:yes|no|ja|nein|oui|non|s[ií]|да|нет|はい|いいえ|是|否)[.!。]?$/iu;

export function isYesOrNo(answer: string): boolean {
  return YES_OR_NO.test(answer);
}

type Tokenizer = Pick<LanguageModel, "name" | "tokenize">;

/** The token of a text that has one of its own; undefined for others. */
export function ownToken(model: Pick<Tokenizer, "tokenize">, text: string): number | undefined {
  const [token, ...rest] = model.tokenize(text);
  return rest.length > 0 ? undefined : token;
}

/** Throws ModelError for a model whose tokenizer has no token of its own for ` none`. */
export function localTokens(model: Tokenizer, question: string): LocalTokens {
  const none = ownToken(model, NONE);
  if (none === undefined) {
    throw new ModelError(
      `${model.name} has no token of its own for "${NONE}": no condenser can be trained for it`,
      {
        hint: "use --condenser likelihood",
      },
    );
  }
  const asked = question.replaceAll(/\s+/gu, " ").trim();
  return {
    tokens: model.tokenize(`\n\nQuestion: ${asked}\nAnswer:`),
    none,
    asksForMore: ASKS_FOR_MORE.test(asked),
    asksForDate: ASKS_FOR_DATE.test(asked),
    yesAndNo: [" Yes", " No", " yes", " no"].flatMap((word) => ownToken(model, word) ?? []),
  };
}

/**
 * Log odds, in nats, that the model says anything but ` none`: ln((1 - p) / p) for p = P(none). Kept within ±30, where
 * floating point ends.
 */
export function marginOf(logProbabilityOfNone: number): number {
  const rest = Math.log(-Math.expm1(Math.min(logProbabilityOfNone, -1e-13)));
  return Math.max(-30, Math.min(30, rest - logProbabilityOfNone));
}
