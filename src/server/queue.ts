import { ApiError } from "./api-error.ts";

/** Requests that may wait; each keeps a connection open. */
export const MOST_WAITING = 64;

/** Does one thing at a time, in the order in which it was asked for: two models at once only fight for the cores. */
export class Queue {
  readonly #waiting: (() => void)[] = [];
  #isBusy = false;

  /** Throws ApiError where too many wait already, and the signal's reason when it is aborted before its turn. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#turn(signal);
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#isBusy = false;
      else next();
    }
  }

  async #turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#isBusy) {
      this.#isBusy = true;
      return;
    }
    if (this.#waiting.length >= MOST_WAITING) {
      throw new ApiError(429, `${MOST_WAITING} requests wait already; try again later`, {
        code: "queue_full",
        headers: { "retry-after": "10" },
      });
    }
    await new Promise<void>((done, fail) => {
      const take = (): void => {
        signal.removeEventListener("abort", leave);
        done();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        fail(signal.reason);
      };
      this.#waiting.push(take);
      signal.addEventListener("abort", leave, { once: true });
    });
  }
}
