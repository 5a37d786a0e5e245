import type {
  ControlledEvaluateInputItem,
  GbnfJsonArraySchema,
  LlamaContextSequence,
  LlamaGrammarEvaluationState,
  Token,
  TokenBias,
} from "node-llama-cpp";
import type { GenerateOptions, JsonShape, PrefillOptions, Sequence } from "./language-model.ts";

/**
 * One sequence of a context of llama.cpp. Tokens go in slices of fixed size from the sequence's start, so that the same tokens are evaluated in the same batches whether the rows
 * before them are fresh or come from a file: batch splits change logits in the last bits, and small models flip on that.
 */
export class LlamaSequence implements Sequence {
  readonly #native: LlamaContextSequence;
  readonly #sliceTokens: number;
  #evaluated = 0;

  constructor(native: LlamaContextSequence, sliceTokens: number) {
    this.#native = native;
    this.#sliceTokens = sliceTokens;
  }

  /** Tokens that went through the model in this sequence since it was opened. */
  get evaluatedTokens(): number {
    return this.#evaluated;
  }

  /** Tokens that the sequence holds; the next one is evaluated at this position. */
  get length(): number {
    return this.#native.nextTokenIndex;
  }

  async reset(): Promise<void> {
    await this.#native.clearHistory();
  }

  /** Forgets everything from position `length` on; costs nothing. */
  async truncate(length: number): Promise<void> {
    if (length < this.length) {
      await this.#native.eraseContextTokenRanges([{ start: length, end: this.length }]);
    }
  }

  /** Evaluates tokens behind what the sequence holds. Throws the signal's reason between two slices. */
  async prefill(tokens: ArrayLike<number>, { signal, onSlice }: PrefillOptions): Promise<void> {
    this.#requireRoom(tokens.length);
    const all = Array.from(tokens) as Token[];
    for (let at = 0; at < all.length; ) {
      signal.throwIfAborted();
      const room = this.#sliceTokens - (this.length % this.#sliceTokens);
      const slice = all.slice(at, at + room);
      await this.#native.evaluateWithoutGeneratingNewTokens(slice);
      this.#evaluated += slice.length;
      at += slice.length;
      onSlice?.(slice.length);
    }
  }

  /** `prefill` has evaluated everything. */
  async settle(): Promise<void> {}

  /**
   * Evaluates `tokens` and returns (tokens.length - from) values: log P(tokens[i] | everything before it), in nats, for
   * i = from … end. `from` is at least 1. The last token is not evaluated, since nothing after it is asked for.
   *
   * Uses the one recipe that gives true probabilities at the pinned release: at temperature 0 the total weight is
   * relative to the largest logit, so log P(t) = logit(t) - logit(arg max) - ln(total).
   */
  async logProbabilities(tokens: ArrayLike<number>, from: number): Promise<Float64Array> {
    this.#requireRoom(tokens.length - 1);
    const all = Array.from(tokens) as Token[];
    const input = all.slice(0, -1).map((token, i): ControlledEvaluateInputItem => {
      const next = all[i + 1];
      return i + 1 < from || next === undefined ? token : [token, scoring(next)];
    });
    const results = await this.#native.controlledEvaluate(input);
    this.#evaluated += input.length;
    const values = new Float64Array(Math.max(0, all.length - from));
    for (let i = 0; i < values.length; i += 1) {
      const target = all[from + i];
      const next = results[from + i - 1]?.next;
      const logits = next?.logits;
      if (
        target === undefined ||
        next?.token == null ||
        logits === undefined ||
        next.totalLogitWeight == null
      ) {
        throw new Error("the engine returned no logits for a token that was asked for");
      }
      values[i] =
        (logits.get(target) ?? -Infinity) - (logits.get(next.token) ?? 0) - Math.log(next.totalLogitWeight);
    }
    return values;
  }

  /** Decodes greedily behind what the sequence holds; `last` is the final token of the prompt. */
  async *generate(
    last: number,
    { signal, maxTokens, notFirst, shape }: GenerateOptions,
  ): AsyncGenerator<number, void> {
    let count = 0;
    const biases = notFirst === undefined ? undefined : await this.#without(notFirst);
    const options =
      biases === undefined ? {} : { tokenBias: () => (count === 0 ? biases.first : biases.later) };
    const grammar = shape === undefined ? {} : { grammarEvaluationState: await this.#grammar(shape) };
    const tokens = this.#native.evaluate([last as Token], { temperature: 0, ...options, ...grammar });
    this.#evaluated += 1;
    for await (const token of tokens) {
      signal.throwIfAborted();
      yield token;
      count += 1;
      if (count >= maxTokens) return;
      this.#evaluated += 1;
    }
  }

  /** A fresh state of the grammar for one answer. */
  async #grammar(shape: JsonShape): Promise<LlamaGrammarEvaluationState> {
    const { LlamaGrammarEvaluationState: State } = await import("node-llama-cpp");
    const { model } = this.#native;
    return new State({
      model,
      grammar: await model.llama.createGrammarForJsonSchema(shape as GbnfJsonArraySchema),
    });
  }

  /** Sampling without some tokens, and with all of them. */
  async #without(tokens: readonly number[]): Promise<Readonly<Record<"first" | "later", TokenBias>>> {
    const bias = await import("node-llama-cpp");
    const { model } = this.#native;
    const first = bias.TokenBias.for(model);
    for (const token of tokens) first.set(token as Token, "never");
    return { first, later: bias.TokenBias.for(model) };
  }

  /** node-llama-cpp would silently drop the oldest tokens (context shift); callers size contexts, so this is a bug. */
  #requireRoom(tokens: number): void {
    const { contextSize } = this.#native.context;
    if (this.length + tokens < contextSize) return;
    throw new Error(`${this.length} + ${tokens} tokens do not fit into a context of ${contextSize}`);
  }

  /** Writes the sequence's state (llama.cpp's own format) and returns its size in bytes. */
  async save(path: string): Promise<number> {
    const { fileSize } = await this.#native.saveStateToFile(path);
    return fileSize;
  }

  /** Replaces what the sequence holds. The file must have been verified: a truncated one aborts the process. */
  async load(path: string): Promise<void> {
    await this.#native.loadStateFromFile(path, { acceptRisk: true });
  }
}

function scoring(next: Token) {
  return {
    generateNext: {
      token: true,
      logits: { filter: { tokens: [next], includeSelected: true } },
      totalLogitWeight: true,
    },
  } as const;
}
