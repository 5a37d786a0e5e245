import { boxOf } from "../html/controls.ts";

/** Of a box whose answer is the one it had from the start. */
const UNDECIDED = 25;
const BOX = 1;
const LIST = 2;

/** A box or list of a form, whose answer stands in the field's data alone (RTF specification 1.9.1, "Form Fields"). */
export class FormField {
  readonly #values = new Map<string, number>();
  readonly #entries: string[] = [];

  read(name: string, value: number): void {
    this.#values.set(name, value);
  }

  beginEntry(): void {
    this.#entries.push("");
  }

  entry(text: string): void {
    this.#entries.push((this.#entries.pop() ?? "") + text);
  }

  /** "[x]", "[ ]" or the chosen entry; empty for a field of text, which shows its answer itself. */
  answer(): string {
    const said = this.#values.get("ffres") ?? UNDECIDED;
    const answer = said === UNDECIDED ? (this.#values.get("ffdefres") ?? 0) : said;
    const type = this.#values.get("fftype");
    if (type === BOX) return boxOf(answer === 1);
    return type === LIST ? (this.#entries[answer]?.trim() ?? "") : "";
  }
}
