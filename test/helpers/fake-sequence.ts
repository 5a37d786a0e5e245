import { readFile, writeFile } from "node:fs/promises";
import type {
  GenerateOptions,
  PoolOptions,
  PrefillOptions,
  Sequence,
} from "../../src/model/language-model.ts";
import { next } from "./fake-distribution.ts";
import { detokenize, END, tokenize } from "./fake-tokenizer.ts";

const MAGIC = Buffer.from("FAKEROWS");
/** Bytes of a token's row; the token itself takes four of them. */
const ROW_BYTES = 16;

/** Size of the file that a sequence is saved in. */
export function rowBytes(nTokens: number): number {
  return MAGIC.length + 4 + nTokens * ROW_BYTES;
}

/** A sequence whose rows are the tokens that it holds. */
export class FakeSequence implements Sequence {
  readonly #options: PoolOptions;
  #held: number[] = [];
  #evaluated = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get evaluatedTokens(): number {
    return this.#evaluated;
  }

  get length(): number {
    return this.#held.length;
  }

  async reset(): Promise<void> {
    this.#held = [];
  }

  async truncate(length: number): Promise<void> {
    this.#held.length = Math.min(length, this.length);
  }

  async prefill(tokens: ArrayLike<number>, { signal, onSlice }: PrefillOptions): Promise<void> {
    const { sliceTokens } = this.#options;
    const all = Array.from(tokens);
    for (let at = 0; at < all.length; at += sliceTokens) {
      signal.throwIfAborted();
      const slice = all.slice(at, at + sliceTokens);
      this.#evaluate(slice);
      onSlice?.(slice.length);
    }
  }

  async logProbabilities(tokens: ArrayLike<number>, from: number): Promise<Float64Array> {
    const values = new Float64Array(Math.max(0, tokens.length - from));
    for (const [i, token] of Array.from(tokens).entries()) {
      if (i >= from) values[i - from] = Math.log(next(this.#held, this.#isTuned).probability(token));
      if (i < tokens.length - 1) this.#evaluate([token]);
    }
    return values;
  }

  async *generate(last: number, options: GenerateOptions): AsyncGenerator<number, void> {
    this.#evaluate([last]);
    if (options.shape !== undefined) {
      yield* this.#copyItems(options);
      return;
    }
    for (let count = 0; count < options.maxTokens; count += 1) {
      options.signal.throwIfAborted();
      const token = this.#choose(count === 0 ? (options.notFirst ?? []) : []);
      if (token === END) return;
      yield token;
      this.#evaluate([token]);
    }
  }

  async save(path: string): Promise<number> {
    const file = Buffer.alloc(rowBytes(this.length));
    MAGIC.copy(file);
    file.writeUInt32LE(this.length, MAGIC.length);
    for (const [i, token] of this.#held.entries()) file.writeUInt32LE(token, rowBytes(i));
    await writeFile(path, file);
    return file.length;
  }

  async load(path: string): Promise<void> {
    const file = await readFile(path);
    if (!file.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error(`${path} has no rows`);
    const length = file.readUInt32LE(MAGIC.length);
    this.#held = Array.from({ length }, (_, i) => file.readUInt32LE(rowBytes(i)));
  }

  /** With a shape the items of the list are the JSON objects that stand in what it was given. */
  *#copyItems({ maxTokens, signal }: GenerateOptions): Generator<number> {
    const items = detokenize(this.#held).match(/\{[^{}]*\}/gu) ?? [];
    for (const token of tokenize(`[${items.join(", ")}]`).subarray(0, maxTokens)) {
      signal.throwIfAborted();
      yield token;
      this.#evaluate([token]);
    }
  }

  get #isTuned(): boolean {
    return (this.#options.adapter?.scale ?? 0) !== 0;
  }

  #choose(not: readonly number[]): number {
    const distribution = next(this.#held, this.#isTuned);
    if (!not.includes(distribution.likeliest)) return distribution.likeliest;
    const candidates = [...new Set(this.#held), END].filter((token) => !not.includes(token));
    return candidates.reduce((best, token) =>
      distribution.probability(token) > distribution.probability(best) ? token : best,
    );
  }

  #evaluate(tokens: readonly number[]): void {
    const { contextTokens } = this.#options;
    if (this.length + tokens.length >= contextTokens) {
      throw new Error(`${this.length} + ${tokens.length} tokens do not fit into ${contextTokens}`);
    }
    this.#held.push(...tokens);
    this.#evaluated += tokens.length;
  }
}
