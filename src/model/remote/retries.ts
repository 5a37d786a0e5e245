import type { ServerFailure } from "./failure.ts";
import { sleep } from "./on-abort.ts";

export type Patience = {
  /** A server that is away is waited for so long: about as long as a large model takes to load. */
  readonly awayMs: number;
  /** The longest wait before the second try; it doubles with each try. */
  readonly firstMs: number;
  /** The longest wait between two tries. */
  readonly longestMs: number;
  /** Tries of what a server gets wrong. */
  readonly tries: number;
};

export const PATIENCE: Patience = { awayMs: 300_000, firstMs: 500, longestMs: 20_000, tries: 3 };

/** The tries of one request. */
export class Retries {
  readonly #patience: Patience;
  #firstMs: number | undefined;
  #failures = 0;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** Whether the request is worth another try. */
  mayGoOn({ again }: ServerFailure): boolean {
    this.#failures += 1;
    this.#firstMs ??= performance.now();
    if (again === "never") return false;
    if (again === "briefly") return this.#failures < this.#patience.tries;
    return performance.now() - this.#firstMs < this.#patience.awayMs;
  }

  /**
   * Waits before the next try: a random share of a time that doubles, so that many clients do not come back at once, and
   * never less than the server asked for. Throws the signal's reason.
   */
  async wait({ afterMs }: ServerFailure, signal: AbortSignal): Promise<void> {
    const { firstMs, longestMs } = this.#patience;
    const most = Math.min(longestMs, firstMs * 2 ** (this.#failures - 1));
    await sleep(Math.min(longestMs, Math.max(afterMs, Math.random() * most)), signal);
  }
}
