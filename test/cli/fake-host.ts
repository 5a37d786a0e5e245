import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import type { Host } from "../../src/cli/host.ts";

export type FakeHostOptions = {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** All three streams are terminals, unless told otherwise. */
  readonly isTTY?: boolean;
  /** Of standard output and standard error; 60, unless told otherwise. */
  readonly columns?: number;
  readonly input?: string;
};

export type FakeHost = Host & {
  readonly out: () => string;
  readonly err: () => string;
  /** Sends a signal as a terminal would. */
  readonly signal: (name: "SIGINT" | "SIGTERM") => void;
  /** What was done to the process: "kill SIGINT", "exit 130". */
  readonly deeds: readonly string[];
};

/** A process that is not one: strings for streams, and a terminal where the machine has none. */
export function fakeHost({ cwd, env = {}, isTTY = true, columns = 60, input }: FakeHostOptions): FakeHost {
  const signals = new EventEmitter();
  const deeds: string[] = [];
  const [stdout, stderr] = [new Sink(isTTY, columns), new Sink(isTTY, columns)];
  // Without input it stays open and silent, as a terminal at which nobody types.
  const stdin = input === undefined ? new Readable({ read: () => {} }) : Readable.from([Buffer.from(input)]);
  return {
    stdin: Object.assign(stdin, { isTTY }),
    stdout,
    stderr,
    env: { FOCUS_HOME: cwd, ...env },
    pid: 1,
    cwd: () => cwd,
    on: (name, listener) => signals.on(name, listener),
    off: (name, listener) => signals.off(name, listener),
    kill: (_pid, name) => deeds.push(`kill ${name}`),
    exit: (code) => deeds.push(`exit ${code}`),
    out: () => stdout.text,
    err: () => stderr.text,
    signal: (name) => signals.emit(name),
    deeds,
  };
}

class Sink extends Writable {
  readonly columns: number;
  readonly isTTY: boolean;
  text = "";

  constructor(isTTY: boolean, columns: number) {
    super();
    this.columns = columns;
    this.isTTY = isTTY;
  }

  override _write(part: Buffer, _encoding: string, done: () => void): void {
    this.text += part.toString();
    done();
  }

  // What ora asks of a terminal.
  cursorTo(): boolean {
    return true;
  }
  clearLine(): boolean {
    return true;
  }
  moveCursor(): boolean {
    return true;
  }
}
