import { inert } from "./markdown.ts";
import { printable } from "./printable.ts";

/** Text of a model that comes in pieces, as Markdown without pictures and HTML, and without white space at its ends. */
export class InertStream {
  /** What the next piece may make a picture, a tag, or the end. */
  #held = "";
  #isBegun = false;

  push(piece: string): string {
    const text = this.#isBegun ? this.#held + piece : (this.#held + piece).trimStart();
    if (text === "") return "";
    this.#isBegun = true;
    const held = /[\\!<\s]*$/u.exec(text)?.[0] ?? "";
    this.#held = held;
    return inert(printable(text.slice(0, text.length - held.length)));
  }

  end(): string {
    return inert(printable(this.#held.trimEnd()));
  }
}
