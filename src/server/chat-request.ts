import { z } from "zod";
import { atCharacter } from "../document/character-boundary.ts";
import { ApiError } from "./api-error.ts";

/** Longer ones are no questions, and would be evaluated behind every chunk. */
export const MOST_QUESTION_CHARACTERS = 8000;

/** What a client asks. */
export type ChatRequest = {
  readonly model: string;
  /** The last message, trimmed. */
  readonly question: string;
  /** The questions before it with their answers, the oldest first; of long ones the beginning. */
  readonly earlier: readonly { readonly question: string; readonly answer: string }[];
  /** The most that an answer may have. */
  readonly answerTokens: number;
  readonly stream: boolean;
  /** Whether a stream ends with the tokens that it took. */
  readonly includeUsage: boolean;
};

const part = z.object({ type: z.literal("text", "only text is understood"), text: z.string() });
const content = z.union([z.string(), z.array(part)], "expected text, or a list of text parts");
const message = z.discriminatedUnion("role", [
  z.object({ role: z.enum(["user", "system", "developer"]), content }),
  z.object({ role: z.enum(["assistant", "tool", "function"]), content: content.nullish() }),
]);

/** What is not named here is left alone: it would not change what a document says. */
const schema = z.object({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  n: z.literal(1, "there is one answer").nullish(),
  logprobs: z.literal(false, "there are none").nullish(),
  tool_choice: z.enum(["none", "auto"], "focus calls no tools").nullish(),
  response_format: z.object({ type: z.literal("text", "answers are text") }).nullish(),
});

/**
 * `mostTokens`: the most that an answer may have, whatever the request says. Throws ApiError that names the part of the
 * request that is wrong.
 */
export function parseChatRequest(body: unknown, mostTokens: number): ChatRequest {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalid(parsed.error.issues[0]);
  const { model, messages, stream, stream_options, max_tokens, max_completion_tokens } = parsed.data;
  const last = messages.at(-1);
  if (last?.role !== "user") {
    throw wrong("messages", `the last message is of the role ${last?.role}, expected the user's question`);
  }
  return {
    model,
    question: requireQuestion(textOf(last.content)),
    earlier: exchanges(messages.slice(0, -1)),
    answerTokens: Math.min(max_completion_tokens ?? max_tokens ?? mostTokens, mostTokens),
    stream: stream === true,
    includeUsage: stream_options?.include_usage === true,
  };
}

type Message = z.output<typeof message>;

function exchanges(messages: readonly Message[]): ChatRequest["earlier"] {
  const turns: { question: string; answer: string }[] = [];
  for (const { role, content: said } of messages) {
    const text = beginning(textOf(said));
    const turn = turns.at(-1);
    if (role === "user" && text !== "") turns.push({ question: text, answer: "" });
    if (role === "assistant" && turn !== undefined) turn.answer = text;
  }
  return turns;
}

function textOf(said: Message["content"]): string {
  if (typeof said === "string") return said.trim();
  return (said ?? [])
    .map(({ text }) => text)
    .join("\n")
    .trim();
}

/** A client may have pasted a whole text, and what makes whole questions goes through all of it. */
function beginning(text: string): string {
  return text.slice(0, atCharacter(text, MOST_QUESTION_CHARACTERS));
}

function requireQuestion(question: string): string {
  if (question === "") throw wrong("messages", "the last message is empty, expected a question");
  if (question.length <= MOST_QUESTION_CHARACTERS) return question;
  throw wrong(
    "messages",
    `the last message has ${question.length} characters; a question may have ${MOST_QUESTION_CHARACTERS}`,
  );
}

function invalid(issue: z.core.$ZodIssue | undefined): ApiError {
  const path = (issue?.path ?? []).map((step) =>
    typeof step === "number" ? `[${step}]` : `.${String(step)}`,
  );
  const param = path.join("").replace(/^\./u, "");
  const reason = issue?.message ?? "not understood";
  return wrong(
    param === "" ? undefined : param,
    param === "" ? `the request: ${reason}` : `${param}: ${reason}`,
  );
}

function wrong(param: string | undefined, text: string): ApiError {
  return new ApiError(400, text, { code: "invalid_request", param });
}
