import { EXIT, type ExitCode, FocusError } from "../errors.ts";
import { BrokenPipeError } from "./broken-pipe.ts";
import type { Host } from "./host.ts";

/** Tells an error on standard error, stack and all where it is ours to mend, and returns the exit code. */
export async function report(
  error: unknown,
  { host, debug }: { host: Host; debug: boolean },
): Promise<ExitCode> {
  if (error instanceof BrokenPipeError) return EXIT.done;
  // Messages quote file names and documents.
  const { printable, printableMessage } = await import("../format/printable.ts");
  const tell = (text: string): void => void host.stderr.write(`${printable(text)}\n`);
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
