import type { Sequence, SequencePool } from "./language-model.ts";

/** Gives the sequences of a context to jobs. */
export class Pool implements SequencePool {
  readonly #sequences: readonly Sequence[];
  readonly #close: () => Promise<void>;
  /** Those that `lend` may give away. */
  readonly #free: Sequence[];

  /** `close` frees the context. */
  constructor(sequences: readonly Sequence[], close: () => Promise<void>) {
    this.#sequences = sequences;
    this.#close = close;
    this.#free = [...sequences];
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

  async runTogether<Item, Result>(
    items: readonly Item[],
    prepare: (item: Item, sequence: Sequence) => Promise<void>,
    job: (item: Item, sequence: Sequence) => Promise<Result>,
  ): Promise<Result[]> {
    const results: Result[] = [];
    for (let at = 0; at < items.length; at += this.#sequences.length) {
      const group = this.#sequences.flatMap((sequence, i) => {
        return items.slice(at + i, at + i + 1).map((item) => ({ item, sequence }));
      });
      for (const { item, sequence } of group) await prepare(item, sequence);
      // All have ended before anything is thrown: a failed job's neighbours may still evaluate.
      const outcomes = await Promise.allSettled(group.map(({ item, sequence }) => job(item, sequence)));
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") throw outcome.reason;
        results.push(outcome.value);
      }
    }
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

  [Symbol.asyncDispose](): Promise<void> {
    return this.#close();
  }
}
