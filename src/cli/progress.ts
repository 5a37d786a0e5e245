import { basename } from "node:path";
import type { Ora } from "ora";
import { printableLine } from "../format/printable.ts";
import type { PullProgress } from "../model/sources/transfer.ts";
import type { SessionListener } from "../session/events.ts";
import { hasColumns } from "./columns.ts";
import { documentWarnings } from "./document-warnings.ts";
import type { Io } from "./io.ts";
import { pullLine, recognitionLine, recognitionNotice, stageLine } from "./progress-line.ts";

/** Where stderr is not a terminal, a line so often at most. */
const LINE_EVERY_MS = 10_000;

export type ProgressOptions = {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** What is said on standard error while a command works: a spinner on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #io: Io;
  readonly #options: ProgressOptions;
  readonly #spinner: Ora | undefined;
  #lastLineMs: number;
  #head = "";
  /** Where the best passage so far stands. */
  #best: string | undefined;

  private constructor(io: Io, options: ProgressOptions, spinner: Ora | undefined) {
    this.#io = io;
    this.#options = options;
    this.#spinner = spinner;
    this.#lastLineMs = performance.now();
  }

  static async open(io: Io, options: ProgressOptions): Promise<Progress> {
    // Without colours no other escape codes either: NO_COLOR and TERM=dumb often mean a log that looks like a terminal.
    const { CI } = options.env;
    const isLog = !io.errorColor || (CI !== undefined && CI !== "");
    const plain = !io.errorIsTerminal || !hasColumns(io.stderr) || isLog;
    if (options.quiet || plain) return new Progress(io, options, undefined);
    const { default: ora } = await import("ora");
    // stdin may hold a document, and a hidden cursor stays hidden when the process is killed: ora takes hold of neither.
    // It writes colour even into pipes, which is why it is made for a terminal alone.
    const spinner = ora({
      stream: io.stderr,
      isEnabled: true,
      discardStdin: false,
      hideCursor: false,
    });
    return new Progress(io, options, spinner);
  }

  /** A session's events; pieces of the answer are not shown here, since standard output has them. */
  readonly listen: SessionListener = (event) => {
    switch (event.kind) {
      case "warning":
        this.warn(event.message);
        break;
      case "notice":
        this.notice(event.message);
        break;
      case "progress":
        this.#show(`${this.#head}${stageLine(event)}`, this.#bestPart);
        break;
      case "text":
        this.#spin(`${this.#head}writing the answer`);
        break;
      case "passage":
        // Short, so that it finds room in a line of 80.
        this.#best = event.page === null ? basename(event.path) : `page ${event.page}`;
        break;
      case "step":
        this.step(event.message);
        break;
      case "recognise":
        if (event.picture === 0) this.notice(recognitionNotice(event));
        else this.step(recognitionLine(event));
        break;
      case "pull":
        this.pull(event.model, event.progress);
        break;
      case "parsed":
        for (const line of documentWarnings(event.documents, this.#isWhole)) this.warn(line);
        break;
      case "detail":
        this.verbose(event.message);
        break;
      case "debug":
        this.debug(event.message);
        break;
    }
  };

  /** Whether everything is told as it is. */
  get #isWhole(): boolean {
    return this.#options.verbose || this.#options.debug;
  }

  /** What is going on now, such as "loading smollm2-135m". */
  step(text: string): void {
    if (this.#spinner === undefined) this.verbose(text);
    else this.#spin(text);
  }

  /** Of what follows: stands in front of its progress, until another is named. */
  under(head: string): void {
    this.#head = `${head}: `;
    this.#best = undefined;
    this.step(head);
  }

  /** A model on its way. */
  pull(name: string, progress: PullProgress): void {
    this.#show(pullLine(name, progress));
  }

  /** A loss, a guess, a figure that is too large; said even with --quiet. */
  warn(message: string): void {
    this.#say(message, "warning");
  }

  /** Good to know; not said with --quiet. */
  notice(message: string): void {
    if (!this.#options.quiet) this.#say(message);
  }

  /** Said with --verbose or --debug. */
  verbose(message: string): void {
    if (this.#isWhole) this.#say(message);
  }

  /** Said with --debug, such as llama.cpp's own log. */
  debug(message: string): void {
    if (this.#options.debug) this.#say(message);
  }

  /** Takes the spinner off the screen; before results are written, and at the end in any case. */
  stop(): void {
    this.#best = undefined;
    // One that does not spin would clear the line all the same, whoever wrote it.
    if (this.#spinner?.isSpinning === true) this.#spinner.stop();
  }

  #say(message: string, label?: "warning"): void {
    const spinning = this.#spinner?.isSpinning === true;
    if (spinning) this.#spinner?.stop();
    this.#io.tell(message, label);
    if (spinning) this.#spinner?.start();
  }

  /** Told on a terminal alone, where the next best takes its place. */
  get #bestPart(): string {
    return this.#best === undefined ? "" : `; best: ${this.#best}`;
  }

  #show(text: string, onTerminal = ""): void {
    this.#spin(`${text}${onTerminal}`);
    const nowMs = performance.now();
    if (this.#spinner !== undefined || this.#options.quiet || nowMs - this.#lastLineMs < LINE_EVERY_MS)
      return;
    this.#lastLineMs = nowMs;
    this.#io.tell(text);
  }

  #spin(text: string): void {
    if (this.#spinner === undefined) return;
    this.#spinner.text = printableLine(text).slice(0, Math.max(20, this.#io.errorWidth - 4));
    if (!this.#spinner.isSpinning) this.#spinner.start();
  }
}
