import type { CommanderError, CommandUnknownOpts } from "@commander-js/extra-typings";
import { UsageError } from "../errors.ts";

/** commander's complaint in our words: without its "error: ", and with its suggestion as the hint. */
export function usageError(error: CommanderError, command: CommandUnknownOpts): UsageError {
  const [first = "", ...rest] = error.message.replace(/^error: /u, "").split("\n");
  const suggestion = /^\(Did you mean (.+)\?\)$/u.exec(rest.join(" "))?.[1];
  return new UsageError(first, { hint: hintFor(first, suggestion) ?? `see ${nameOf(command)} --help` });
}

function hintFor(message: string, suggestion: string | undefined): string | undefined {
  if (suggestion !== undefined) return `did you mean ${suggestion}?`;
  const file = /^unknown option '(-[^=]+\.\w+)'$/u.exec(message)?.[1];
  return file === undefined ? undefined : `a file of that name is given as ./${file}`;
}

/** "focus cache ls". */
function nameOf(command: CommandUnknownOpts): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}
