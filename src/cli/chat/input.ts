import { createInterface, type Interface } from "node:readline/promises";
import { EXIT, StoppedError } from "../../errors.ts";
import type { Io } from "../io.ts";

export const PROMPT = "> ";
/** Lines that the arrow keys bring back. */
export const HISTORY_LINES = 1000;

export type InputOptions = {
  /** Earlier lines, the oldest first; only of a terminal. */
  readonly history: readonly string[];
  /** Stops waiting for a line. */
  readonly signal: AbortSignal;
};

/** Lines of a chat: typed at a prompt, or those of a pipe. What is typed during an answer waits for its end. */
export class ChatInput {
  readonly isTerminal: boolean;
  readonly #io: Io;
  readonly #lines: string[] = [];
  readonly #readline: Interface;
  #isOpen = true;
  #wake: () => void = () => {};
  /** Of the answer that is on its way. */
  #answer: AbortController | undefined;
  #isInterrupted = false;

  constructor(io: Io, { history, signal }: InputOptions) {
    this.#io = io;
    const output = [io.stdout, io.stderr].find(({ isTTY }) => isTTY === true);
    this.isTerminal = io.stdinIsTerminal && output !== undefined;
    const terminal = { output, terminal: true, history: history.toReversed(), historySize: HISTORY_LINES };
    this.#readline = createInterface({
      input: io.stdin,
      prompt: PROMPT,
      ...(this.isTerminal ? terminal : {}),
    });
    this.#readline.on("line", (line) => {
      this.#lines.push(line);
      this.#wake();
    });
    this.#readline.on("close", () => {
      this.#isOpen = false;
      this.#wake();
    });
    this.#readline.on("SIGINT", this.#interrupt);
    signal.addEventListener("abort", () => this.close(), { once: true });
  }

  /** Whether Ctrl-C came twice during an answer. */
  get isInterrupted(): boolean {
    return this.#isInterrupted;
  }

  /** The next line; undefined when there are no more, or the user leaves. */
  async next(): Promise<string | undefined> {
    while (this.#lines.length === 0 && this.#isOpen) {
      if (this.isTerminal) this.#readline.prompt();
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
    return this.#isInterrupted ? undefined : this.#lines.shift();
  }

  /** Does work that Ctrl-C stops: its signal is aborted by a StoppedError. */
  async stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#answer = new AbortController();
    try {
      return await work(this.#answer.signal);
    } finally {
      this.#answer = undefined;
    }
  }

  /** Leaves the terminal to another program while the work lasts. */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    this.#readline.pause();
    try {
      return await work();
    } finally {
      if (this.#isOpen) this.#readline.resume();
    }
  }

  close(): void {
    if (this.#isOpen) this.#readline.close();
  }

  /** On a terminal Ctrl-C comes here: it stops the answer, empties the line, or leaves. */
  readonly #interrupt = (): void => {
    if (this.#answer === undefined) {
      if (this.#readline.line === "") this.close();
      else this.#readline.write(null, { ctrl: true, name: "u" });
      return;
    }
    if (this.#answer.signal.aborted) {
      this.#isInterrupted = true;
      this.close();
      return;
    }
    this.#io.tell("stopping the answer; Ctrl-C again leaves");
    this.#answer.abort(new StoppedError("the answer was stopped", EXIT.interrupted));
  };
}
