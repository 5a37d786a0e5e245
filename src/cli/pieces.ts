/** Writes pieces one behind the other; who makes them does not wait. */
export class Pieces {
  readonly #write: (piece: string) => Promise<void>;
  readonly #stop = new AbortController();
  #last: Promise<void> = Promise.resolve();

  constructor(write: (piece: string) => Promise<void>) {
    this.#write = write;
  }

  /** Aborted, with the error as its reason, when a piece cannot be written: then nobody reads on. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  push(piece: string): void {
    if (piece === "") return;
    this.#last = this.#last.then(() => this.#write(piece));
    this.#last.catch((error: unknown) => this.#stop.abort(error));
  }

  /** All is written. Throws what the writing threw. */
  async done(): Promise<void> {
    await this.#last;
  }
}
