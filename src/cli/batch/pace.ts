import { count, duration } from "../../format/quantity.ts";

/** How fast the documents of a batch are done, by their bytes. */
export class Pace {
  readonly #atOnce: number;
  #leftBytes: number;
  #left: number;
  #workedBytes = 0;
  #workedMs = 0;
  #worked = 0;

  /** `atOnce`: documents that are worked on side by side. */
  constructor(sizes: readonly number[], atOnce: number) {
    this.#leftBytes = sizes.reduce((sum, size) => sum + size, 0);
    this.#left = sizes.length;
    this.#atOnce = atOnce;
  }

  /** A document that took no work, since an earlier run has done it, or none can be done. */
  skipped(bytes: number): void {
    this.#leftBytes -= bytes;
    this.#left -= 1;
  }

  worked(bytes: number, ms: number): void {
    this.skipped(bytes);
    this.#workedBytes += bytes;
    this.#workedMs += ms / this.#atOnce;
    this.#worked += 1;
  }

  /** "about 2 h left for 40 more, at 20 documents an hour"; undefined when nothing is left. */
  get told(): string | undefined {
    if (this.#left <= 0) return undefined;
    const seconds = (this.#leftBytes * this.#workedMs) / Math.max(1, this.#workedBytes) / 1000;
    const perHour = (this.#worked * 3600_000) / Math.max(1, this.#workedMs);
    return `about ${duration(seconds)} left for ${this.#left} more, at ${count(perHour)} documents an hour`;
  }
}
