import { type ErrorCode, EXIT, type ExitCode, FocusError } from "../errors.ts";
import { JSON_VERSION, toJson, toJsonLine } from "./json.ts";

/** An error as --json prints it in place of a result. */
export type ErrorJson = {
  readonly version: typeof JSON_VERSION;
  /** "cache ls"; null where no command was recognised. */
  readonly command: string | null;
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly hint: string | null;
    /** The exit code of the process. */
    readonly exit: ExitCode;
  };
};

export function errorJson(error: unknown, command: string | undefined): ErrorJson {
  const head = { version: JSON_VERSION, command: command ?? null } as const;
  if (!(error instanceof FocusError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...head, error: { code: "bug", message, hint: null, exit: EXIT.bug } };
  }
  const { code, message, hint = null, exitCode } = error;
  return { ...head, error: { code, message, hint, exit: exitCode } };
}

/** As the result would have been printed: indented, or for jsonl one line. */
export function formatError(error: unknown, command: string | undefined, format: "json" | "jsonl"): string {
  const print = format === "json" ? toJson : toJsonLine;
  return print(errorJson(error, command));
}
