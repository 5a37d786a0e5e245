import { atCharacter } from "../document/character-boundary.ts";
import { fill } from "../prompt/template.ts";
import { decode } from "./answer/decode.ts";
import { isWholeQuestion, type Turn } from "./follow-up.ts";
import type { AskOptions } from "./options.ts";

const QUESTION_TOKENS = 64;
/** The beginning of a question and of an answer says what they are about; longer questions are mostly pasted text. */
const BEFORE_CHARACTERS = { question: 2000, answer: 600 };

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
  const asked = beginning(before.question, BEFORE_CHARACTERS.question);
  const answer = beginning(before.answer, BEFORE_CHARACTERS.answer);
  const user = fill(prompts["follow-up"], { before: asked, answer, question });
  const request = writer.chat("", user);
  const options = { writer, contexts, signal, answerTokens: QUESTION_TOKENS, onEvent: () => {} };
  const { text, stop } = await decode(request, options);
  const line = (text.trim().split("\n")[0] ?? "").replaceAll(/^["“']|["”']$/gu, "").trim();
  return stop === "end" && isWholeQuestion(line, question, language) ? line : undefined;
}

function beginning(text: string, characters: number): string {
  return text.slice(0, atCharacter(text, characters));
}
