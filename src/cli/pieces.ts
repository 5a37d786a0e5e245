/** Writes pieces as they come; who makes them does not wait. */
export class Pieces {
  readonly #write: (piece: string) => Promise<void>;
  readonly #stop = new AbortController();
  #all: Promise<unknown> = Promise.resolve();

  /** `write` takes a piece at once, and resolves when it is written. */
  constructor(write: (piece: string) => Promise<void>) {
    this.#write = write;
  }

  /** Aborted, with the error as its reason, when a piece cannot be written: then nobody reads on. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  push(piece: string): void {
    if (piece === "") return;
    this.#all = Promise.all([this.#all, this.#write(piece)]);
    this.#all.catch((error: unknown) => this.#stop.abort(error));
  }

  /** All is written. Throws what the writing threw. */
  async done(): Promise<void> {
    await this.#all;
  }
}
