import { requireCapabilities } from "../../model/capabilities.ts";
import type { ChatPrompt } from "../../model/chat.ts";
import type { LanguageModel, Sequence, Stop } from "../../model/language-model.ts";
import type { EngineListener } from "../events.ts";
import type { AskOptions } from "../options.ts";
import { SLICE_TOKENS } from "../reader/reading.ts";
import { StageProgress } from "../receipt/stage-progress.ts";
import { withoutLoop } from "./loop.ts";
import type { Spoken } from "./spoken.ts";
import { withoutThoughts } from "./thoughts.ts";

export type DecodeOptions = {
  readonly writer: LanguageModel;
  /** The model is stopped after so many tokens. */
  readonly answerTokens: number;
  readonly signal: AbortSignal;
  readonly onEvent: EngineListener;
};

/** Evaluates the window and decodes the answer greedily (temperature 0), streaming text as it becomes certain. */
export async function decode(
  window: ChatPrompt,
  options: DecodeOptions & Pick<AskOptions, "contexts">,
): Promise<Spoken> {
  const { writer, contexts, answerTokens, onEvent } = options;
  requireCapabilities(writer, ["generate"]);
  const contextTokens = window.tokens.length + answerTokens + 1;
  const pooled = { sequences: 1, contextTokens, sliceTokens: SLICE_TOKENS };
  await using pool = await contexts.borrow(writer, pooled);
  const composing = new StageProgress("compose", window.tokens.length, onEvent);
  const onSlice = (tokens: number): void => composing.evaluated(tokens);
  const [spoken] = await pool.run([window], (_, sequence) =>
    speak(sequence, window, { ...options, onSlice }),
  );
  if (spoken === undefined) throw new Error("the writer has no sequence");
  return spoken;
}

export type SpeakOptions = DecodeOptions & { readonly onSlice?: (tokens: number) => void };

/** The same behind what a sequence holds. */
export async function speak(
  sequence: Sequence,
  { tokens, stopTexts }: ChatPrompt,
  options: SpeakOptions,
): Promise<Spoken> {
  const startMs = performance.now();
  const last = tokens.at(-1);
  if (last === undefined) throw new Error("nothing cannot be answered");
  await sequence.prefill(tokens.subarray(0, -1), options);
  const windowMs = performance.now() - startMs;
  const { signal, answerTokens } = options;
  let said: Stop | undefined;
  const onStop = (stop: Stop): void => {
    said = stop;
  };
  const answer = sequence.generate(last, { signal, maxTokens: answerTokens, onStop });
  const written = await write(answer, { ...options, stopTexts, whyStopped: () => said });
  const firstTokenMs = windowMs + written.firstTokenMs;
  return { ...written, windowTokens: tokens.length, windowMs, firstTokenMs };
}

export type WriteOptions = DecodeOptions & {
  readonly stopTexts: readonly string[];
  /** Why the model stopped, where it says so; otherwise the number of tokens tells. */
  readonly whyStopped?: () => Stop | undefined;
};

/** Takes tokens as the model decodes them, until it is done, is cut off, or goes in circles. */
export async function write(
  tokens: AsyncIterable<number>,
  options: WriteOptions,
): Promise<Omit<Spoken, "windowMs" | "windowTokens">> {
  const { writer, stopTexts, answerTokens: maxTokens, onEvent, whyStopped } = options;
  const startMs = performance.now();
  const out: number[] = [];
  let firstTokenMs = 0;
  let text = "";
  let told = 0;
  let stop: Spoken["stop"] | undefined;
  for await (const token of tokens) {
    if (out.length === 0) firstTokenMs = performance.now() - startMs;
    if (writer.isEnd(token)) stop = "end";
    else out.push(token);
    const raw = writer.detokenize(out);
    const end = firstStop(raw, stopTexts);
    text = withoutThoughts(raw.slice(0, end));
    const straight = withoutLoop(text);
    if (straight !== undefined) {
      text = straight;
      stop = "loop";
    } else if (end !== undefined) stop = "end";
    const sure = stop === undefined ? certainLength(text, stopTexts) : text.length;
    if (sure > told) onEvent({ kind: "text", text: text.slice(told, sure) });
    told = Math.max(told, sure);
    if (stop !== undefined) break;
  }
  // What might have become a stop text, and did not.
  if (text.length > told) onEvent({ kind: "text", text: text.slice(told) });
  const answerMs = performance.now() - startMs;
  // llama.cpp ends the stream at an end-of-generation token without yielding it.
  stop ??= whyStopped?.() ?? (out.length < maxTokens ? "end" : "limit");
  return { text: text.trim(), tokens: out.length, firstTokenMs, answerMs, stop };
}

/** Where the first stop text begins. */
function firstStop(text: string, stopTexts: readonly string[]): number | undefined {
  const places = stopTexts.map((mark) => text.indexOf(mark)).filter((at) => at >= 0);
  return places.length === 0 ? undefined : Math.min(...places);
}

/** Text that later tokens cannot change: not half a character, not the beginning of a stop text. */
function certainLength(text: string, stopTexts: readonly string[]): number {
  let length = text.length;
  while (length > 0 && text.charAt(length - 1) === "\uFFFD") length -= 1;
  for (const mark of stopTexts) {
    for (let held = Math.min(mark.length - 1, length); held > 0; held -= 1) {
      if (text.startsWith(mark.slice(0, held), length - held)) {
        length -= held;
        break;
      }
    }
  }
  return length;
}
