import type { JsonShape, LanguageModel, Sequence, SequencePool } from "../../src/model/language-model.ts";

/** What a server that has the model would compute, with a prefix cache of one prompt. */
export class StandInModel {
  readonly model: LanguageModel;
  readonly #pool: SequencePool;
  #held: readonly number[] = [];
  #last: Promise<unknown> = Promise.resolve();

  private constructor(model: LanguageModel, pool: SequencePool) {
    this.model = model;
    this.#pool = pool;
  }

  static async open(model: LanguageModel, contextTokens: number): Promise<StandInModel> {
    return new StandInModel(model, await model.openPool({ sequences: 1, contextTokens, sliceTokens: 256 }));
  }

  /** Log-probabilities of the tokens from `start` on: none for that itself, as SGLang has it; and tokens from the cache. */
  score(tokens: readonly number[], start: number) {
    return this.#alone(tokens, start, async (sequence, cached) => {
      // As the engine does it: in other batches, values of a quantised model differ in the second digit.
      await sequence.prefill(tokens.slice(cached, start), { signal: new AbortController().signal });
      const values = await sequence.logProbabilities(tokens.slice(start), 1);
      return { values: [null, ...values] as (number | null)[], cached };
    });
  }

  /** Tokens that the cache had. */
  warm(tokens: readonly number[]): Promise<number> {
    return this.#alone(tokens, tokens.length, async (sequence, cached) => {
      await sequence.prefill(tokens.slice(cached), { signal: new AbortController().signal });
      return cached;
    });
  }

  /** Tells each token as it comes. */
  generate(
    tokens: readonly number[],
    options: { readonly maxTokens: number; readonly shape?: JsonShape; readonly signal: AbortSignal },
    onToken: (token: number) => void,
  ): Promise<void> {
    return this.#alone(tokens, tokens.length - 1, async (sequence, cached) => {
      await sequence.prefill(tokens.slice(cached, -1), options);
      for await (const token of sequence.generate(tokens.at(-1) ?? 0, options)) onToken(token);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last;
    await this.#pool[Symbol.asyncDispose]();
  }

  /** One prompt after another, each behind what it has in common with the one before, up to `most` tokens. */
  #alone<T>(
    tokens: readonly number[],
    most: number,
    work: (sequence: Sequence, cached: number) => Promise<T>,
  ): Promise<T> {
    const result = this.#last.then(() =>
      this.#pool.lend(async (sequence) => {
        let cached = 0;
        const limit = Math.min(most, this.#held.length, tokens.length);
        while (cached < limit && this.#held[cached] === tokens[cached]) cached += 1;
        await sequence.truncate(cached);
        this.#held = [];
        const answer = await work(sequence, cached);
        this.#held = tokens.slice(0, Math.min(sequence.length, tokens.length));
        return answer;
      }),
    );
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** The shape that a JSON Schema was made of. */
export function shapeOf(schema: Readonly<Record<string, unknown>>): JsonShape {
  const { anyOf, items, properties } = schema;
  if (Array.isArray(anyOf)) return { oneOf: anyOf.map(shapeOf) };
  if (typeof items === "object") return { type: "array", items: shapeOf(items as never) };
  if (typeof properties !== "object" || properties === null) return schema as JsonShape;
  const shapes = Object.entries(properties).map(([name, one]) => [name, shapeOf(one)]);
  return { type: "object", properties: Object.fromEntries(shapes) };
}
