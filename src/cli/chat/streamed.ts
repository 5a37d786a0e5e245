import { printable } from "../../format/printable.ts";
import type { SessionListener } from "../../session/events.ts";
import type { Io } from "../io.ts";
import type { Progress } from "../progress.ts";

/** Shows a written answer while it is decoded; everything else goes on to the progress. */
export class Streamed {
  readonly #io: Io;
  readonly #progress: Progress;
  #isOnLine = false;
  #hasText = false;

  constructor(io: Io, progress: Progress) {
    this.#io = io;
    this.#progress = progress;
  }

  get hasText(): boolean {
    return this.#hasText;
  }

  readonly listen: SessionListener = (event) => {
    if (event.kind !== "text") {
      this.endLine();
      this.#progress.listen(event);
      return;
    }
    const text = this.#hasText ? printable(event.text) : printable(event.text).trimStart();
    if (text === "") return;
    this.#progress.stop();
    this.#io.stdout.write(text);
    this.#hasText = true;
    this.#isOnLine = !text.endsWith("\n");
  };

  /** A spinner would wipe out the line that it starts on. */
  endLine(): void {
    if (this.#isOnLine) this.#io.stdout.write("\n");
    this.#isOnLine = false;
  }
}
