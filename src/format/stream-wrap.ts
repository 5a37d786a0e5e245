import { printable } from "./printable.ts";
import { wrap } from "./wrap.ts";

/** Wraps text that comes in pieces as `wrap` does the whole: the last word is held back until it is known to be whole. */
export class StreamWrap {
  readonly #width: number | undefined;
  #text = "";
  #shown = 0;

  constructor(width: number | undefined) {
    this.#width = width;
  }

  /** What can be shown now, behind what was shown. */
  push(piece: string): string {
    this.#text += piece;
    const whole = /^.*(?=\s)/su.exec(this.#text)?.[0] ?? "";
    return this.#next(whole);
  }

  /** What is left. */
  end(): string {
    return this.#next(this.#text);
  }

  #next(text: string): string {
    const wrapped = wrap(printable(text).trim(), this.#width);
    const next = wrapped.slice(this.#shown);
    this.#shown = Math.max(this.#shown, wrapped.length);
    return next;
  }
}
