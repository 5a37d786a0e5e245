import type { LanguageModel, Sequence } from "../../model/language-model.ts";
import { isYesOrNo, type LocalTokens } from "./local-tokens.ts";

/** Tokens of a short answer at most; training cuts answers at 24. */
export const ANSWER_TOKENS = 32;
/** An answer that comes to nothing, as behind the number of a heading: "1.1. none". */
const SAYS_NONE = /^(?:[\d\s().]*none)+[.\s]*$/iu;
/** Hesitations that were written down as they were spoken. */
const HESITATES = /^(?:(?:[Uu]h|[Uu]m|[Ee]rm|[Hh]m+)[\s,.…-]*)+$/u;
/** Beginnings that are tried where a date is asked for. */
const MOST_TRIED = 4;

export type Asking = {
  readonly model: Pick<LanguageModel, "detokenize" | "isEnd">;
  readonly local: LocalTokens;
  readonly signal: AbortSignal;
};

type Said = {
  readonly text: string;
  /** The token that it begins with, if it has any. */
  readonly first: readonly number[];
};

/**
 * What the rows that `sequence` holds answer when they must: never ` none`, maybe nothing. A question for more than yes or no has
 * neither for an answer, one for a date or a year has a number, if any of the likeliest beginnings leads to one.
 */
export async function answerBehind(sequence: Sequence, { model, local, signal }: Asking): Promise<string> {
  await sequence.prefill(local.tokens.subarray(0, -1), { signal });
  const { length } = sequence;
  const say = async (notFirst: readonly number[]): Promise<Said> => {
    await sequence.truncate(length);
    return generate(sequence, [local.none, ...notFirst], { model, local, signal });
  };
  const said = await say([]);
  if (local.asksForMore && isYesOrNo(said.text)) return (await say(local.yesAndNo)).text;
  if (!local.asksForDate || hasNumber(said)) return said.text;
  const tried = [...said.first];
  while (tried.length > 0 && tried.length < MOST_TRIED) {
    const other = await say(tried);
    if (hasNumber(other)) return other.text;
    if (other.first.length === 0) break;
    tried.push(...other.first);
  }
  return said.text;
}

function hasNumber({ text }: Said): boolean {
  return /\p{N}/u.test(text);
}

async function generate(
  sequence: Sequence,
  notFirst: readonly number[],
  { model, local, signal }: Asking,
): Promise<Said> {
  const out: number[] = [];
  const options = { signal, maxTokens: ANSWER_TOKENS, notFirst };
  for await (const token of sequence.generate(local.tokens.at(-1) ?? 0, options)) {
    if (model.isEnd(token)) break;
    out.push(token);
  }
  return { text: answerText(model.detokenize(out), out.length >= ANSWER_TOKENS), first: out.slice(0, 1) };
}

/** What was said, on one line; empty for none and for a mere "Um". The last word of what goes on may be half of one. */
export function answerText(said: string, goesOn: boolean): string {
  const text = said.replaceAll(/\s+/gu, " ").trim();
  if (text === "" || SAYS_NONE.test(text) || HESITATES.test(text)) return "";
  return goesOn ? `${text.replace(/\s\S*$|\ufffd+$/u, "")} …` : text;
}
