import { describeOrigin } from "../config/origin.ts";
import { type Formats, type Formatter, formatterFor, knownFormatter } from "../format/format.ts";
import type { CommandContext } from "./context.ts";

type Told = Pick<CommandContext, "config" | "origin"> & {
  readonly progress: Pick<CommandContext["progress"], "verbose">;
};

/** The formatter that is wanted. Throws UsageError, with where its name came from, for one that this result does not have. */
export function answerFormatter<Result>(
  { config, origin }: Pick<CommandContext, "config" | "origin">,
  formats: Formats<Result>,
): Formatter<Result> {
  return formatterFor(formats, config.format, describeOrigin(origin.format, "format"));
}

/** Throws UsageError where a flag names another format than text, of what has no other; a variable is meant for other commands. */
export function requireText({ config, origin }: Pick<CommandContext, "config" | "origin">): void {
  if (origin.format.kind === "flag") answerFormatter({ config, origin }, { text: String });
}

/**
 * The formatter of a result that is no answer, such as a list. A focus.toml names the format that answers are wanted in:
 * what has no such form is text. Throws UsageError where a flag or a variable names one that this result does not have.
 */
export function reportFormatter<Result>(
  { config, origin, progress }: Told,
  formats: Formats<Result>,
): Formatter<Result> {
  const isKnown = knownFormatter(formats, config.format) !== undefined;
  if (isKnown || !("path" in origin.format)) return answerFormatter({ config, origin }, formats);
  const from = describeOrigin(origin.format, "format");
  progress.verbose(`${from} is "${config.format}", which is not known here: this is text`);
  return formatterFor(formats, "text");
}
