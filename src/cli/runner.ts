import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { ExitCode } from "../errors.ts";
import type { CommandContext } from "./context.ts";

/** What a command does; throws FocusError for what a user can act upon. */
export type Work = (context: CommandContext) => Promise<ExitCode>;

/** Resolves the settings for the command, opens streams and progress, and does the work. */
export type Runner = (command: CommandUnknownOpts, work: Work, kind?: CommandKind) => Promise<void>;

/**
 * What a command is to settings. Documents are opened, by the password of a password-file, for "answer", whose -o is a file
 * that is checked before the work begins; for "work", which makes of -o what it will; and for "service", which goes on and
 * has no one result. "report" opens none; neither does "settings", which works whatever the settings are. An `output` of
 * a focus.toml is meant for results of documents, that of a flag or a variable for every result.
 */
export type CommandKind = "answer" | "work" | "service" | "report" | "settings";
