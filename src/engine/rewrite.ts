import { fill } from "../prompt/template.ts";
import { decode } from "./answer/decode.ts";
import { isWholeQuestion, type Turn } from "./follow-up.ts";
import type { AskOptions } from "./options.ts";

const QUESTION_TOKENS = 64;
/** The beginning of an answer says what it is about. */
const ANSWER_CHARACTERS = 600;

export type RewriteInput = {
  readonly question: string;
  readonly before: Turn;
  readonly language: string | undefined;
};

/**
 * Has the writer make a whole question of a follow-up; undefined where what it wrote is no question, or where it lost a
 * word of the follow-up. Throws the signal's reason.
 */
export async function rewrite(
  { question, before, language }: RewriteInput,
  { writer, contexts, prompts, signal }: Pick<AskOptions, "writer" | "contexts" | "prompts" | "signal">,
): Promise<string | undefined> {
  const answer = before.answer.slice(0, ANSWER_CHARACTERS);
  const user = fill(prompts["follow-up"], { before: before.question, answer, question });
  const request = writer.chat("", user);
  const options = { writer, contexts, signal, answerTokens: QUESTION_TOKENS, onEvent: () => {} };
  const { text, stop } = await decode(request, options);
  const line = (text.trim().split("\n")[0] ?? "").replaceAll(/^["“']|["”']$/gu, "").trim();
  return stop === "end" && isWholeQuestion(line, question, language) ? line : undefined;
}
