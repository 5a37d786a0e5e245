import type { LlamaContext, LlamaModel } from "node-llama-cpp";
import { Sequence } from "./sequence.ts";

export type PoolOptions = {
  /** Sequences that decode side by side. They speed up GPUs; on CPUs they bring nothing (measured) and cost memory. */
  readonly sequences: number;
  /** Positions that each sequence can hold. */
  readonly contextTokens: number;
  /** Most tokens of one decode; also the size of the slices that a sequence is fed with. */
  readonly sliceTokens: number;
  readonly threads: number;
  /** A LoRA that changes everything evaluated in this context; absent: the model as it is. */
  readonly adapter?: { readonly path: string; readonly scale: number };
};

/** The sequences of one context; runs a job for every item, in input order, on whichever sequence is free. */
export class SequencePool {
  readonly #context: LlamaContext;
  readonly #sequences: readonly Sequence[];
  /** Those that `lend` may give away. */
  readonly #free: Sequence[];

  constructor(context: LlamaContext, sequences: readonly Sequence[]) {
    this.#context = context;
    this.#sequences = sequences;
    this.#free = [...sequences];
  }

  static async open(model: LlamaModel, options: PoolOptions): Promise<SequencePool> {
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
      return new Sequence(context.getSequence(), options.sliceTokens);
    });
    return new SequencePool(context, sequences);
  }

  get evaluatedTokens(): number {
    return this.#sequences.reduce((sum, sequence) => sum + sequence.evaluatedTokens, 0);
  }

  /** Results in the order of `items`. The first failure stops the others before their next item and is thrown. */
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

  /** Runs a job on a sequence that nobody else has; at most as many at once as there are sequences. */
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
