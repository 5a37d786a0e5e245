/** Milliseconds in which at least one of some jobs was at work: jobs of several sequences overlap. */
export class BusyTime {
  #ms = 0;
  #atWork = 0;
  #sinceMs = 0;

  get ms(): number {
    return this.#ms;
  }

  async during<Result>(job: () => Promise<Result>): Promise<Result> {
    if (this.#atWork === 0) this.#sinceMs = performance.now();
    this.#atWork += 1;
    try {
      return await job();
    } finally {
      this.#atWork -= 1;
      if (this.#atWork === 0) this.#ms += performance.now() - this.#sinceMs;
    }
  }
}
