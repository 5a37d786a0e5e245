import { resolve } from "node:path";
import { Chalk, type ChalkInstance } from "chalk";
import { atCharacter } from "../document/character-boundary.ts";
import { UsageError } from "../errors.ts";
import { printableMessage } from "../format/printable.ts";
import { BrokenPipeError } from "./broken-pipe.ts";
import { wantsColour } from "./colour.ts";
import { columnsOf } from "./columns.ts";
import type { Host, InputStream, OutputStream } from "./host.ts";
import { isSameFile, namesFolder, replaceFile, requireReplaceable } from "./replace-file.ts";

/** Lines longer than this are hard to read, however wide the terminal is. */
const MOST_COLUMNS = 100;

export type IoOptions = {
  /** False under --no-color. */
  readonly color: boolean;
  /** The file of -o; undefined or "-" is standard output. */
  readonly output: string | undefined;
  /** What errors call it: the flag, or the variable or the file that named it. */
  readonly outputName?: string;
  /** Called when something was written to standard output. */
  readonly onOut?: () => void;
};

/** The streams of one command: results to standard output or a file, everything else to standard error. */
export class Io {
  /** For formatters: colour and width of where the result goes; no width is no wrapping. */
  readonly color: boolean;
  readonly width: number | undefined;
  /** Whether the result appears on a terminal, where control characters would be obeyed. */
  readonly toTerminal: boolean;
  readonly errorColor: boolean;
  readonly errorIsTerminal: boolean;
  readonly errorWidth: number;
  /** For text of our own on standard error; colourless where colours are not wanted. */
  readonly errorChalk: ChalkInstance;
  /** The file of -o, absolute; undefined for standard output. */
  readonly file: string | undefined;
  readonly #host: Host;
  readonly #onOut: (() => void) | undefined;
  readonly #outputName: string;
  /** Whether -o ends like a folder's name. */
  readonly #namesFolder: boolean;

  constructor(host: Host, { color: allowed, output, outputName = "--output", onOut }: IoOptions) {
    const { env, stdout, stderr } = host;
    this.#host = host;
    this.#onOut = onOut;
    this.file = output === undefined || output === "-" ? undefined : resolve(host.cwd(), output);
    this.#outputName = outputName;
    this.#namesFolder = namesFolder(output ?? "");
    this.toTerminal = this.file === undefined && stdout.isTTY === true;
    this.color = this.file === undefined && wantsColour({ isTerminal: this.toTerminal, allowed, env });
    this.width = this.toTerminal ? Math.min(columnsOf(stdout), MOST_COLUMNS) : undefined;
    this.errorIsTerminal = stderr.isTTY === true;
    this.errorColor = wantsColour({ isTerminal: this.errorIsTerminal, allowed, env });
    this.errorChalk = new Chalk({ level: this.errorColor ? 1 : 0 });
    this.errorWidth = columnsOf(stderr);
  }

  /**
   * Writes a command's result: to standard output, or whole to the file of -o, which is replaced only at the end.
   * Resolves when the reader has taken it.
   */
  async writeResult(text: string): Promise<void> {
    if (this.file === undefined) await this.writeOut(text);
    else await replaceFile(this.file, text, this.#outputName);
  }

  /** Whether the result goes to a file. */
  get toFile(): boolean {
    return this.file !== undefined;
  }

  /** Writes what comes before the result to standard output; an error may still follow it there. */
  async writePiece(text: string): Promise<void> {
    await writeAll(this.#host.stdout, text);
  }

  /** Writes to standard output, whatever -o says. */
  async writeOut(text: string): Promise<void> {
    this.#onOut?.();
    await writeAll(this.#host.stdout, text);
  }

  /** Throws UsageError when -o cannot be written, before hours of work are spent on what goes there. */
  async checkOutput(): Promise<void> {
    if (this.file === undefined) return;
    if (this.#namesFolder) {
      throw new UsageError(`${this.#outputName} ${this.file} is to be a folder, expected a file`);
    }
    await requireReplaceable(this.file, this.#outputName);
  }

  /** Throws UsageError when a document that is to be read is where the result would go. */
  async refuseAsOutput(path: string): Promise<void> {
    if (path === "-" || this.file === undefined) return;
    if (!(await isSameFile(this.file, resolve(this.#host.cwd(), path)))) return;
    throw new UsageError(`${this.#outputName} ${this.file} is a document that is to be read`, {
      hint: "name another file",
    });
  }

  /** One message on standard error; documents and models may be quoted in it, but may not steer the terminal. */
  tell(message: string, label?: "warning"): void {
    const head = label === undefined ? "" : `${this.errorChalk.yellow(`${label}:`)} `;
    this.stderr.write(`${head}${printableMessage(message)}\n`);
  }

  get stderr(): OutputStream {
    return this.#host.stderr;
  }

  /** For what is answered piece by piece, not for results. */
  get stdin(): InputStream {
    return this.#host.stdin;
  }

  get stdout(): OutputStream {
    return this.#host.stdout;
  }

  get stdinIsTerminal(): boolean {
    return this.#host.stdin.isTTY === true;
  }

  /** Everything on standard input; rejects with the signal's reason when asked to stop. */
  async readStdin(signal: AbortSignal): Promise<Uint8Array> {
    const { stdin } = this.#host;
    const parts: Uint8Array[] = [];
    const stop = (): void => {
      if ("destroy" in stdin && typeof stdin.destroy === "function") stdin.destroy();
    };
    signal.throwIfAborted();
    signal.addEventListener("abort", stop, { once: true });
    try {
      for await (const part of stdin) parts.push(Buffer.from(part));
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
    signal.throwIfAborted();
    return Buffer.concat(parts);
  }
}

/** Pieces small enough that a reader that goes away, or Ctrl-C, is noticed between two of them. */
const PIECE_CHARACTERS = 1 << 16;

async function writeAll(stream: NodeJS.WritableStream, text: string): Promise<void> {
  for (let start = 0; start < text.length; ) {
    const end = atCharacter(text, start + PIECE_CHARACTERS);
    await write(stream, text.slice(start, end));
    start = end;
  }
}

function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((done, fail) => {
    stream.write(text, (error) => {
      if (error === null || error === undefined) done();
      else if ("code" in error && error.code === "EPIPE") fail(new BrokenPipeError());
      else fail(new UsageError(`standard output cannot be written: ${error.message}`, { cause: error }));
    });
  });
}
