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

/**
 * What went wrong, for programs: the class of the error, then what it is in particular where that is known. Printed by
 * --json; listed in docs/json.md.
 */
export const ERROR_CODES = [
  "bug",
  "usage",
  "usage.unknown-command",
  "usage.unknown-option",
  "usage.missing-argument",
  "usage.no-document",
  "usage.no-question",
  "usage.invalid-setting",
  "input",
  "input.not-found",
  "input.not-permitted",
  "input.is-folder",
  "input.empty",
  "input.unsupported",
  "input.encrypted",
  "input.no-text",
  "model",
  "model.not-found",
  "model.not-here",
  "model.no-memory",
  "model.refused",
  "model.server",
  "kv-store",
  "stopped.timeout",
  "stopped.interrupted",
  "stopped.terminated",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export type ErrorDetail = {
  /** In place of the code of the error's class. */
  readonly code?: ErrorCode | undefined;
  /** What the user can do next; printed on its own line as `hint: …`. */
  readonly hint?: string;
  readonly cause?: unknown;
};

/** The codes of errors that say no more than their class; any other class is a bug. */
const CLASS_CODES: Readonly<Partial<Record<ExitCode, ErrorCode>>> = {
  [EXIT.usage]: "usage",
  [EXIT.input]: "input",
  [EXIT.model]: "model",
  [EXIT.kvStore]: "kv-store",
  [EXIT.timeout]: "stopped.timeout",
  [EXIT.interrupted]: "stopped.interrupted",
  [EXIT.terminated]: "stopped.terminated",
};

/** An error that a user can act upon: printed as one line and a hint, without a stack. */
export class FocusError extends Error {
  override readonly name: string = "FocusError";
  readonly exitCode: ExitCode = EXIT.bug;
  readonly hint: string | undefined;
  readonly #code: ErrorCode | undefined;

  constructor(message: string, { hint, code, cause }: ErrorDetail = {}) {
    super(message, cause === undefined ? {} : { cause });
    this.hint = hint;
    this.#code = code;
  }

  get code(): ErrorCode {
    return this.#code ?? CLASS_CODES[this.exitCode] ?? "bug";
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
