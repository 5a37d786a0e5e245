import type { Environment } from "../config/folders.ts";

/** A stream that text is written to; `process.stdout` and `process.stderr` are two. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
};

/** A stream that a document may be read from. */
export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean };

type Signal = "SIGINT" | "SIGTERM";

/** What the command line needs of the process that it runs in; `process` is one, tests make others. */
export type Host = {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Environment;
  readonly pid: number;
  cwd(): string;
  on(signal: Signal, listener: () => void): unknown;
  off(signal: Signal, listener: () => void): unknown;
  kill(pid: number, signal: Signal): unknown;
  exit(code: number): unknown;
};
