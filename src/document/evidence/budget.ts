/** Pictures of one result: with more, a file would be too large to send or to open on a phone. */
const MOST_PICTURES = 12;
/** As base64 they take a third more. */
const MOST_BYTES = 1.4e6;

/** How many pictures may still be made. */
export class PictureBudget {
  #pictures = MOST_PICTURES;
  #bytes = MOST_BYTES;

  get isSpent(): boolean {
    return this.#pictures === 0;
  }

  /** Whether a picture of so many bytes may be kept; if so, it counts. */
  take(bytes: number): boolean {
    if (this.isSpent || bytes > this.#bytes) return false;
    this.#pictures -= 1;
    this.#bytes -= bytes;
    return true;
  }
}
