import { open } from "node:fs/promises";
import { UsageError } from "../../errors.ts";

/** JSON Lines that are only ever appended to: each entry costs the same, however many there are. */
export class Journal {
  readonly path: string;
  #waiting = "";
  /** Written one after another; entries that come meanwhile are written together. */
  #last: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #isBegun = false;

  constructor(path: string) {
    this.path = path;
  }

  /** Whether anything was appended. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** On the disk when this ends. Throws UsageError where it cannot be written. */
  async append(entry: unknown): Promise<void> {
    this.#isBegun = true;
    this.#waiting += `${JSON.stringify(entry)}\n`;
    this.#next ??= this.#last
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        const text = this.#waiting;
        this.#waiting = "";
        this.#last = this.#write(text);
        return this.#last;
      });
    await this.#next;
  }

  async #write(text: string): Promise<void> {
    try {
      await using file = await open(this.path, "a");
      await file.writeFile(text);
      await file.datasync();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new UsageError(`--output ${this.path} cannot be written: ${reason}`, { cause });
    }
  }
}
