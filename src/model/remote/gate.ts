import { onAbort } from "./on-abort.ts";

/**
 * Lets so many requests through at once. A server that says it has too many gets half as many; each answer then lets one
 * more in, until there are as many as before.
 */
export class Gate {
  readonly #most: number;
  #limit: number;
  #inside = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Does the work when there is room for it. Throws the signal's reason while it waits. */
  async pass<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const leave = await this.enter(signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** Returns what gives the room back, to be called once. */
  async enter(signal: AbortSignal): Promise<() => void> {
    while (this.#inside >= this.limit) await this.#turn(signal);
    this.#inside += 1;
    return () => {
      this.#inside -= 1;
      this.#admit();
    };
  }

  /** The server has too many requests. */
  narrow(): void {
    this.#limit = Math.max(1, this.#limit / 2);
  }

  /** The server has answered. */
  widen(): void {
    this.#limit = Math.min(this.#most, this.#limit + 1 / this.#limit);
    this.#admit();
  }

  #admit(): void {
    for (let room = this.limit - this.#inside; room > 0; room -= 1) this.#waiting.shift()?.();
  }

  async #turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const admit = (): void => {
        forget();
        resolve();
      };
      const forget = onAbort(signal, () => {
        this.#waiting.splice(this.#waiting.indexOf(admit), 1);
        reject(signal.reason);
      });
      this.#waiting.push(admit);
    });
  }
}
