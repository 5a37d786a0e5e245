import type { LlamaContext, LlamaModel } from "node-llama-cpp";
import type { PoolOptions, Sequence, SequencePool } from "./language-model.ts";
import { LlamaSequence } from "./sequence.ts";

export type LlamaPoolOptions = PoolOptions & { readonly threads: number };

/** The sequences of one context of llama.cpp. */
export class LlamaPool implements SequencePool {
  readonly #context: LlamaContext;
  readonly #sequences: readonly LlamaSequence[];
  /** Those that `lend` may give away. */
  readonly #free: Sequence[];

  constructor(context: LlamaContext, sequences: readonly LlamaSequence[]) {
    this.#context = context;
    this.#sequences = sequences;
    this.#free = [...sequences];
  }

  static async open(model: LlamaModel, options: LlamaPoolOptions): Promise<LlamaPool> {
    const { adapter } = options;
    const context = await model.createContext({
      sequences: options.sequences,
      contextSize: options.contextTokens,
      batchSize: options.sliceTokens,
      flashAttention: true,
      threads: options.threads,
      ...(adapter === undefined
        ? {}
        : { lora: { adapters: [{ filePath: adapter.path, scale: adapter.scale }] } }),
    });
    const sequences = Array.from({ length: options.sequences }, () => {
      return new LlamaSequence(context.getSequence(), options.sliceTokens);
    });
    return new LlamaPool(context, sequences);
  }

  get evaluatedTokens(): number {
    return this.#sequences.reduce((sum, sequence) => sum + sequence.evaluatedTokens, 0);
  }

  async reset(): Promise<void> {
    for (const sequence of this.#sequences) await sequence.reset();
  }

  async run<Item, Result>(
    items: readonly Item[],
    job: (item: Item, sequence: Sequence, index: number) => Promise<Result>,
  ): Promise<Result[]> {
    const results: Result[] = new Array<Result>(items.length);
    const queue = items.entries();
    let failed = false;
    const work = async (sequence: Sequence): Promise<void> => {
      for (const [index, item] of queue) {
        if (failed) return;
        try {
          results[index] = await job(item, sequence, index);
        } catch (error) {
          failed = true;
          throw error;
        }
      }
    };
    const outcomes = await Promise.allSettled(this.#sequences.map(work));
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    return results;
  }

  async lend<Result>(job: (sequence: Sequence) => Promise<Result>): Promise<Result> {
    const sequence = this.#free.pop();
    if (sequence === undefined) throw new Error("all sequences of the pool are lent");
    try {
      return await job(sequence);
    } finally {
      this.#free.push(sequence);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#context.disposed) await this.#context.dispose();
  }
}
