import type { Model } from "../model/load.ts";
import type { SequencePool } from "../model/pool.ts";
import type { Window } from "./compose.ts";
import { withoutThoughts } from "./thoughts.ts";

export type DecodeOptions = {
  readonly maxTokens: number;
  readonly signal: AbortSignal;
  readonly onWindow: (tokens: number) => void;
  readonly onText: (text: string) => void;
};

export type Decoded = {
  readonly text: string;
  readonly tokens: number;
  readonly windowMs: number;
  readonly firstTokenMs: number;
  readonly answerMs: number;
  /** Why it stopped: the model was done, the limit came, or it went in circles. */
  readonly stop: "end" | "limit" | "loop";
};

/** A tail that repeats itself so many times over is a loop. */
const LOOP_REPEATS = 4;
const LOOP_LONGEST_PERIOD = 40;

/** Evaluates the window and decodes the answer greedily (temperature 0), streaming text as it becomes certain. */
export async function decode(model: Model, pool: SequencePool, input: Window & DecodeOptions): Promise<Decoded> {
  const [decoded] = await pool.run([input], async (_, sequence) => {
    const startMs = performance.now();
    const last = input.tokens.at(-1);
    if (last === undefined) throw new Error("an empty window cannot be decoded");
    await sequence.reset();
    await sequence.prefill(input.tokens.subarray(0, -1), { signal: input.signal, onSlice: input.onWindow });
    const windowMs = performance.now() - startMs;
    const out: number[] = [];
    let firstTokenMs = windowMs;
    let text = "";
    let told = 0;
    let stop: Decoded["stop"] = "limit";
    for await (const token of sequence.generate(last, input)) {
      if (out.length === 0) firstTokenMs = performance.now() - startMs;
      if (model.isEnd(token)) {
        stop = "end";
        break;
      }
      out.push(token);
      const raw = model.detokenize(out);
      const ended = input.stopTexts.map((mark) => raw.indexOf(mark)).filter((at) => at >= 0);
      text = withoutThoughts(ended.length > 0 ? raw.slice(0, Math.min(...ended)) : raw);
      const sure = ended.length > 0 ? text.length : certainLength(text, input.stopTexts);
      if (sure > told) input.onText(text.slice(told, sure));
      told = Math.max(told, sure);
      if (ended.length > 0) stop = "end";
      else if (loops(out)) stop = "loop";
      if (stop !== "limit") break;
    }
    if (text.length > told) input.onText(text.slice(told));
    const answerMs = performance.now() - startMs - windowMs;
    return { text: text.trim(), tokens: out.length, windowMs, firstTokenMs, answerMs, stop };
  });
  if (decoded === undefined) throw new Error("the writer has no sequence");
  return decoded;
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

function loops(tokens: readonly number[]): boolean {
  const longest = Math.min(LOOP_LONGEST_PERIOD, Math.floor(tokens.length / LOOP_REPEATS));
  for (let period = 1; period <= longest; period += 1) {
    const from = tokens.length - period * LOOP_REPEATS;
    let same = true;
    for (let i = from + period; same && i < tokens.length; i += 1) same = tokens[i] === tokens[i - period];
    if (same) return true;
  }
  return false;
}
