import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { ExitCode } from "../errors.ts";
import type { CommandContext } from "./context.ts";

/** What a command does; throws FocusError for what a user can act upon. */
export type Work = (context: CommandContext) => Promise<ExitCode>;

/** Resolves the settings for the command, opens streams and progress, and does the work. */
export type Runner = (command: CommandUnknownOpts, work: Work, output?: OutputKind) => Promise<void>;

/** What -o names: a file, which is checked before the work begins, or what the work itself makes of it. */
export type OutputKind = "file" | "decided by the work";
