/** What the process exits with; documented in the README and docs/cli.md. */
export const EXIT = {
  done: 0,
  bug: 1,
  usage: 2,
  input: 3,
  partial: 4,
  model: 5,
  kvStore: 6,
  absent: 10,
  timeout: 124,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export type ErrorDetail = {
  /** What the user can do next; printed on its own line as `hint: …`. */
  readonly hint?: string;
  readonly cause?: unknown;
};

/** An error that a user can act upon: printed as one line and a hint, without a stack. */
export class FocusError extends Error {
  override readonly name: string = "FocusError";
  readonly exitCode: ExitCode = EXIT.bug;
  readonly hint: string | undefined;

  constructor(message: string, { hint, cause }: ErrorDetail = {}) {
    super(message, cause === undefined ? {} : { cause });
    this.hint = hint;
  }
}

/** The command line or the configuration asks for something that cannot be done. */
export class UsageError extends FocusError {
  override readonly name = "UsageError";
  override readonly exitCode = EXIT.usage;
}

/** A document cannot be found, opened, decoded or parsed. */
export class InputError extends FocusError {
  override readonly name = "InputError";
  override readonly exitCode = EXIT.input;
}

/** A model is missing, damaged, refused, or does not fit into memory. */
export class ModelError extends FocusError {
  override readonly name = "ModelError";
  override readonly exitCode = EXIT.model;
}

/** The KV store cannot be read or written. */
export class KvStoreError extends FocusError {
  override readonly name = "KvStoreError";
  override readonly exitCode = EXIT.kvStore;
}

/** `--timeout` ran out, or a signal asked to stop; `exitCode` says which. */
export class StoppedError extends FocusError {
  override readonly name = "StoppedError";
  override readonly exitCode: ExitCode;

  constructor(message: string, exitCode: 124 | 130 | 143, detail: ErrorDetail = {}) {
    super(message, detail);
    this.exitCode = exitCode;
  }
}
