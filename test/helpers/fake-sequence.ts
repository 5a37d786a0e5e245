import { readFile } from "node:fs/promises";
import { f16Geometry } from "../../src/kv/state/state-file.ts";
import {
  F16,
  START_BYTES,
  STATE_MAGIC,
  STATE_VERSION,
  TOKEN_BYTES,
} from "../../src/kv/state/state-layout.ts";
import { type RowsToWrite, writeState } from "../../src/kv/state/state-writer.ts";
import type {
  GenerateOptions,
  JsonShape,
  PoolOptions,
  PrefillOptions,
  Sequence,
} from "../../src/model/language-model.ts";
import { next } from "./fake-distribution.ts";
import { detokenize, END, tokenize } from "./fake-tokenizer.ts";

/** What its rows are like: one layer, one head; all values are 0. */
export const FAKE_ATTENTION = { nLayers: 1, nKvHeads: 1, headDim: 32, valueDim: 32 } as const;

/** A sequence that is saved as llama.cpp saves its own: what it holds are the tokens in front of the rows. */
export class FakeSequence implements Sequence {
  readonly #options: PoolOptions;
  /** Among the sequences of its context. */
  readonly #index: number;
  readonly #beforeSlice: () => Promise<void>;
  #held: number[] = [];
  #evaluated = 0;

  constructor(options: PoolOptions, index: number, beforeSlice = async (): Promise<void> => undefined) {
    this.#options = options;
    this.#index = index;
    this.#beforeSlice = beforeSlice;
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
      await this.#beforeSlice();
      signal.throwIfAborted();
      const slice = all.slice(at, at + sliceTokens);
      this.#evaluate(slice);
      onSlice?.(slice.length);
    }
  }

  async settle(): Promise<void> {}

  async logProbabilities(tokens: ArrayLike<number>, from: number): Promise<Float64Array> {
    const values = new Float64Array(Math.max(0, tokens.length - from));
    for (const [i, token] of Array.from(tokens).entries()) {
      if (i >= from) values[i - from] = Math.log(next(this.#read, this.#isTuned).probability(token));
      if (i < tokens.length - 1) this.#evaluate([token]);
    }
    return values;
  }

  async *generate(last: number, options: GenerateOptions): AsyncGenerator<number, void> {
    this.#evaluate([last]);
    if (options.shape !== undefined) {
      yield* this.#copyItems(options.shape, options);
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
    const { keyRowBytes, valueRowBytes } = f16Geometry(FAKE_ATTENTION);
    const rows = (rowBytes: number): RowsToWrite[] => {
      return [{ type: F16, rowBytes, read: async () => new Uint8Array(rowBytes * this.length) }];
    };
    return writeState(path, {
      tokens: Uint32Array.from(this.#held),
      nStream: this.#options.sequences,
      stream: this.#index,
      positions: Uint32Array.from(this.#held, (_, position) => position),
      keys: rows(keyRowBytes),
      values: rows(valueRowBytes),
    });
  }

  async load(path: string): Promise<void> {
    const file = await readFile(path);
    const [magic, version, length] = [0, 4, 8].map((at) => file.readUInt32LE(at));
    if (magic !== STATE_MAGIC || version !== STATE_VERSION) throw new Error(`${path} is no state`);
    this.#held = Array.from({ length: length ?? 0 }, (_, i) => {
      return file.readUInt32LE(START_BYTES + TOKEN_BYTES * i);
    });
  }

  /** With a shape the items of the list, or of an object's only list, are the JSON objects that stand in what it was given. */
  *#copyItems(shape: JsonShape, { maxTokens, signal }: GenerateOptions): Generator<number> {
    const items = detokenize(this.#read).match(/\{[^{}]*\}/gu) ?? [];
    const list = `[${items.join(", ")}]`;
    const [name] = "type" in shape && shape.type === "object" ? Object.keys(shape.properties) : [];
    const json = name === undefined ? list : `{"${name}": ${list}}`;
    for (const token of tokenize(json).subarray(0, maxTokens)) {
      signal.throwIfAborted();
      yield token;
      this.#evaluate([token]);
    }
  }

  /** Without positions that have no cell. */
  get #read(): readonly number[] {
    return this.#held.filter((token) => token !== END);
  }

  get #isTuned(): boolean {
    return (this.#options.adapter?.scale ?? 0) !== 0;
  }

  #choose(not: readonly number[]): number {
    const distribution = next(this.#read, this.#isTuned);
    if (!not.includes(distribution.likeliest)) return distribution.likeliest;
    const candidates = [...new Set(this.#read), END].filter((token) => !not.includes(token));
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
