import { decode } from "../answer/decode.ts";
import type { Spoken } from "../answer/spoken.ts";
import type { SummarizeOptions } from "../options.ts";
import { plainLine } from "./clean-text.ts";

/** What the writer made of one request: on one line, with why it stopped and what it evaluated and decoded. */
export type WrittenLine = Pick<Spoken, "text" | "tokens"> & {
  /** "room": nothing was written, since request and answer exceed what the writer was trained on. */
  readonly stop: Spoken["stop"] | "room";
};

/** Has the writer answer one request. It is not checked yet: nobody is told its pieces. */
export async function writeLine(
  user: string,
  answerTokens: number,
  { writer, contexts, prompts, signal }: Pick<SummarizeOptions, "writer" | "contexts" | "prompts" | "signal">,
): Promise<WrittenLine> {
  const request = writer.chat(prompts.system, user);
  const trained = writer.metadata.trainedContextTokens;
  if (request.tokens.length + answerTokens > trained) return { text: "", stop: "room", tokens: 0 };
  const spoken = await decode(request, { writer, contexts, signal, answerTokens, onEvent: () => {} });
  return { text: plainLine(spoken), stop: spoken.stop, tokens: spoken.windowTokens + spoken.tokens };
}
