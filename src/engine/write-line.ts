import type { ChatPrompt } from "../model/chat.ts";
import { decode, type Spoken } from "./decode.ts";
import type { SummarizeOptions } from "./options.ts";
import { plainLine } from "./plain.ts";

/** What the writer made of one request: on one line, with why it stopped and what it evaluated and decoded. */
export type WrittenLine = Pick<Spoken, "text" | "stop" | "tokens">;

/** Has the writer answer one request. It is not checked yet: nobody is told its pieces. */
export async function writeLine(
  user: string,
  answerTokens: number,
  { writer, prompts, signal }: Pick<SummarizeOptions, "writer" | "prompts" | "signal">,
): Promise<WrittenLine> {
  const request: ChatPrompt = writer.chat(prompts.system, user);
  const spoken = await decode(request, { writer, signal, answerTokens, onEvent: () => {} });
  return { text: plainLine(spoken), stop: spoken.stop, tokens: spoken.windowTokens + spoken.tokens };
}
