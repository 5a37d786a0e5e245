import type { CommanderError, CommandUnknownOpts } from "@commander-js/extra-typings";
import { fileKey, KEY_NAMES, variable } from "../config/keys.ts";
import { suggest } from "../config/suggest.ts";
import { type ErrorCode, UsageError } from "../errors.ts";
import { DOCUMENT_NAME } from "./arguments.ts";

const CODES: Readonly<Record<string, ErrorCode>> = {
  "commander.unknownCommand": "usage.unknown-command",
  "commander.unknownOption": "usage.unknown-option",
  "commander.missingArgument": "usage.missing-argument",
  "commander.optionMissingArgument": "usage.missing-argument",
};

/**
 * commander's complaint in our words: without its "error: ", and with its suggestion as the hint. `exists` says whether
 * there is a file or a folder of a name.
 */
export function usageError(
  error: CommanderError,
  command: CommandUnknownOpts,
  exists: (path: string) => boolean,
): UsageError {
  const [first = "", ...rest] = error.message.replace(/^error: /u, "").split("\n");
  const code = CODES[error.code];
  const document = /^unknown command '(.+)'$/u.exec(first)?.[1] ?? "";
  if (command.parent === null && (exists(document) || DOCUMENT_NAME.test(document))) {
    return new UsageError(first, {
      code,
      hint: `to ask about a document: focus ask ${quoted(document)} "…"`,
    });
  }
  const contrary = contraryHint(first, command) ?? hyphenHint(first, command);
  if (contrary !== undefined) return new UsageError(first, { code, hint: contrary });
  const suggestion = /^\(Did you mean (.+)\?\)$/u.exec(rest.join(" "))?.[1] ?? likeOption(first, command);
  return new UsageError(first, { code, hint: hintFor(first, suggestion) ?? `see ${nameOf(command)} --help` });
}

/** commander looks at the options that the help shows; these are all. */
function likeOption(message: string, command: CommandUnknownOpts): string | undefined {
  const typed = /^unknown option '(--[^=']+)/u.exec(message)?.[1];
  return typed === undefined
    ? undefined
    : suggest(
        typed,
        command.options.flatMap(({ long }) => long ?? []),
      );
}

/** Of a setting that has a flag for the contrary alone, as it is its default: how it is set back. */
function contraryHint(message: string, command: CommandUnknownOpts): string | undefined {
  const name = /^unknown option '--([\w-]+)'$/u.exec(message)?.[1];
  const key = KEY_NAMES.find((one) => fileKey(one) === name);
  if (key === undefined || !command.options.some(({ long }) => long === `--no-${name}`)) return undefined;
  return `it is the default, which ${variable(key)}=1 sets back`;
}

/** Options have no spaces; questions do. */
function hyphenHint(message: string, command: CommandUnknownOpts): string | undefined {
  if (!/^unknown option '.*\s/u.test(message)) return undefined;
  if (!command.options.some(({ long }) => long === "--question")) return undefined;
  return 'a question that begins with a hyphen is given by --question "…"';
}

function quoted(path: string): string {
  return /^[\w./\\:-]+$/u.test(path) ? path : JSON.stringify(path);
}

function hintFor(message: string, suggestion: string | undefined): string | undefined {
  if (suggestion !== undefined)
    return `did you mean ${suggestion.replace(/^one of /u, "").replaceAll(", ", " or ")}?`;
  const file = /^unknown option '(-[^=]+\.\w+)'$/u.exec(message)?.[1];
  return file === undefined ? undefined : `a file of that name is given as ./${file}`;
}

/** "cache ls"; undefined for the program itself. */
export function commandName(command: CommandUnknownOpts): string | undefined {
  return command.parent === null ? undefined : nameOf(command).replace(/^focus /u, "");
}

/** "focus cache ls". */
function nameOf(command: CommandUnknownOpts): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}
