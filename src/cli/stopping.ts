import { EXIT, StoppedError } from "../errors.ts";
import type { Host } from "./host.ts";

/** How long a command may tidy up after it was asked to stop; the store is crash-only, so nothing depends on it. */
const GRACE_MS = 500;

/** Ctrl-C, SIGTERM and --timeout, as one AbortSignal whose reason carries the exit code. */
export class Stopping {
  readonly #host: Host;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.on("SIGINT", this.#interrupt);
    host.on("SIGTERM", this.#terminate);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** While the work lasts, Ctrl-C is another program's, such as a pager's. */
  async leaveInterrupts<T>(work: () => Promise<T>): Promise<T> {
    const ignore = (): void => {};
    this.#host.on("SIGINT", ignore);
    this.#host.off("SIGINT", this.#interrupt);
    try {
      return await work();
    } finally {
      this.#host.on("SIGINT", this.#interrupt);
      this.#host.off("SIGINT", ignore);
    }
  }

  /** Starts the clock of --timeout. */
  limit(timeoutMs: number | undefined): void {
    if (timeoutMs === undefined) return;
    const error = new StoppedError(`stopped after ${timeoutMs / 1000} s`, EXIT.timeout, {
      hint: "give more by --timeout; chunks that were read are kept in the KV store",
    });
    this.#timer = setTimeout(() => this.#controller.abort(error), timeoutMs);
  }

  /** Settles as the work does; once asked to stop, fails with the reason after a moment for tidying up at the latest. */
  async race<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.#controller;
    const expired = new Promise<never>((_, fail) => {
      const expire = (): void => void setTimeout(() => fail(signal.reason), GRACE_MS).unref();
      if (signal.aborted) expire();
      else signal.addEventListener("abort", expire, { once: true });
    });
    try {
      const result = await Promise.race([work, expired]);
      signal.throwIfAborted();
      return result;
    } catch (error) {
      // What breaks because we asked it to stop is no error of its own.
      signal.throwIfAborted();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#host.off("SIGINT", this.#interrupt);
    this.#host.off("SIGTERM", this.#terminate);
  }

  readonly #interrupt = (): void => {
    if (this.signal.aborted) {
      this.#kill();
      return;
    }
    this.#host.stderr.write("\nstopping; Ctrl-C again stops at once\n");
    this.#controller.abort(new StoppedError("interrupted", EXIT.interrupted));
  };

  readonly #terminate = (): void => {
    this.#controller.abort(new StoppedError("stopped by SIGTERM", EXIT.terminated));
  };

  /** As if we had never listened, so that a shell sees a death by signal; exit, should somebody else be listening. */
  #kill(): void {
    this.#host.off("SIGINT", this.#interrupt);
    this.#host.kill(this.#host.pid, "SIGINT");
    this.#host.exit(EXIT.interrupted);
  }
}
