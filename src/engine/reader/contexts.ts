import { ModelError } from "../../errors.ts";
import type { LanguageModel, PoolOptions, Sequence, SequencePool } from "../../model/language-model.ts";

/** llama.cpp rounds contexts up to so many positions anyway: a longer question mostly fits into what is open. */
const ROUND_TOKENS = 256;

type Kept = {
  readonly model: LanguageModel;
  readonly options: PoolOptions;
  readonly pool: SequencePool;
};

/**
 * The contexts of a session's models. A stage borrows one; it stays open for the next stage and the next question, and is
 * opened anew only where it is too short.
 */
export class Contexts {
  readonly #free = new Set<Kept>();
  readonly #lent = new Set<Kept>();

  /**
   * An empty pool with at least the room of `options`, which is nobody else's until it is disposed: that gives it back.
   * Its tokens are counted from 0. Throws ModelError when none can be opened.
   */
  async borrow(model: LanguageModel, options: PoolOptions): Promise<SequencePool> {
    const alike = [...this.#free].filter((kept) => kept.model === model && isAlike(kept.options, options));
    const kept = shortest(alike.filter((one) => one.options.contextTokens >= options.contextTokens));
    if (kept === undefined) return this.#lend(await this.#open(model, rounded(model, options), alike));
    this.#free.delete(kept);
    await kept.pool.reset();
    return this.#lend(kept);
  }

  /** Closes what nobody has borrowed: it gives memory free, and what comes next is opened anew. */
  async closeUnused(): Promise<void> {
    for (const kept of this.#free) await this.#close(kept);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const kept of [...this.#free, ...this.#lent]) await this.#close(kept);
  }

  /** `shorter` are closed first: the new one serves for them too. */
  async #open(model: LanguageModel, options: PoolOptions, shorter: readonly Kept[]): Promise<Kept> {
    for (const kept of shorter) await this.#close(kept);
    try {
      return { model, options, pool: await model.openPool(options) };
    } catch (error) {
      if (!(error instanceof ModelError) || this.#free.size === 0) throw error;
      // Memory may be what is missing, and what nobody uses has some.
      await this.closeUnused();
      return { model, options, pool: await model.openPool(options) };
    }
  }

  #lend(kept: Kept): SequencePool {
    this.#lent.add(kept);
    return new BorrowedPool(kept.pool, () => {
      if (this.#lent.delete(kept)) this.#free.add(kept);
    });
  }

  async #close(kept: Kept): Promise<void> {
    this.#free.delete(kept);
    this.#lent.delete(kept);
    await kept.pool[Symbol.asyncDispose]();
  }
}

/** A pool from the moment it was borrowed. */
class BorrowedPool implements SequencePool {
  readonly #pool: SequencePool;
  readonly #giveBack: () => void;
  readonly #evaluatedBefore: number;

  constructor(pool: SequencePool, giveBack: () => void) {
    this.#pool = pool;
    this.#giveBack = giveBack;
    this.#evaluatedBefore = pool.evaluatedTokens;
  }

  get evaluatedTokens(): number {
    return this.#pool.evaluatedTokens - this.#evaluatedBefore;
  }

  reset(): Promise<void> {
    return this.#pool.reset();
  }

  run<Item, Result>(
    items: readonly Item[],
    job: (item: Item, sequence: Sequence, index: number) => Promise<Result>,
  ): Promise<Result[]> {
    return this.#pool.run(items, job);
  }

  runTogether<Item, Result>(
    items: readonly Item[],
    prepare: (item: Item, sequence: Sequence) => Promise<void>,
    job: (item: Item, sequence: Sequence) => Promise<Result>,
  ): Promise<Result[]> {
    return this.#pool.runTogether(items, prepare, job);
  }

  lend<Result>(job: (sequence: Sequence) => Promise<Result>): Promise<Result> {
    return this.#pool.lend(job);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#giveBack();
  }
}

/** Everything but the length. */
function isAlike(a: PoolOptions, b: PoolOptions): boolean {
  return (
    a.sequences === b.sequences &&
    a.sliceTokens === b.sliceTokens &&
    a.adapter?.path === b.adapter?.path &&
    a.adapter?.scale === b.adapter?.scale
  );
}

function shortest(all: readonly Kept[]): Kept | undefined {
  const [first] = all.toSorted((a, b) => a.options.contextTokens - b.options.contextTokens);
  return first;
}

/** Never past what the model was trained on, unless that is asked for. */
function rounded({ metadata }: LanguageModel, options: PoolOptions): PoolOptions {
  const { contextTokens: wanted } = options;
  const whole = Math.ceil(wanted / ROUND_TOKENS) * ROUND_TOKENS;
  return { ...options, contextTokens: Math.max(wanted, Math.min(whole, metadata.trainedContextTokens)) };
}
