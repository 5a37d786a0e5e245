import type { CommanderError, CommandUnknownOpts } from "@commander-js/extra-typings";
import { UsageError } from "../errors.ts";

/** commander's complaint in our words: without its "error: ", and with its suggestion as the hint. */
export function usageError(error: CommanderError, command: CommandUnknownOpts): UsageError {
  const [first = "", ...rest] = error.message.replace(/^error: /u, "").split("\n");
  const suggestion = /^\(Did you mean (.+)\?\)$/u.exec(rest.join(" "))?.[1];
  const hint = suggestion === undefined ? `see ${nameOf(command)} --help` : `did you mean ${suggestion}?`;
  return new UsageError(first, { hint });
}

/** "focus cache ls". */
function nameOf(command: CommandUnknownOpts): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}
