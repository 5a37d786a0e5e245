import { EXIT, type ExitCode, FocusError } from "../errors.ts";
import { BrokenPipeError } from "./broken-pipe.ts";
import type { Host } from "./host.ts";

/** How an error is told. */
export type ReportOptions = {
  readonly host: Host;
  /** Stacks as well. */
  readonly debug: boolean;
  /** Of the result that does not come; json and jsonl have the error on standard output as well. */
  readonly format: string | undefined;
  /** "cache ls"; undefined where none was recognised. */
  readonly command: string | undefined;
};

/** What is known of how an error would be told. */
export type Told = Omit<ReportOptions, "host">;

/** Tells an error on standard error, with its stack where it is a bug, and returns the exit code. */
export async function report(error: unknown, options: ReportOptions): Promise<ExitCode> {
  if (error instanceof BrokenPipeError) return EXIT.done;
  const { host, debug, format, command } = options;
  // Messages quote file names and documents.
  const { printable, printableMessage } = await import("../format/printable.ts");
  const tell = (text: string): void => void host.stderr.write(`${printable(text)}\n`);
  if (format === "json" || format === "jsonl") {
    const { formatError } = await import("../format/error.ts");
    host.stdout.write(formatError(error, command, format));
  }
  if (error instanceof FocusError) {
    tell(printableMessage(`focus: ${error.message}`));
    if (error.hint !== undefined) tell(printableMessage(`hint: ${error.hint}`));
    if (debug) tell(stack(error));
    return error.exitCode;
  }
  tell(`focus: ${stack(error)}`);
  tell("hint: this is a bug in focus; please report it with the lines above and the command");
  return EXIT.bug;
}

/** The stack, and the stacks of what caused it. */
function stack(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\ncaused by: ${stack(error.cause)}`;
}
