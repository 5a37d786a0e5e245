import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { KeyText } from "../../config/key-text.ts";
import { KEY_NAMES, KEYS } from "../../config/keys.ts";
import { formatsOf } from "../taken.ts";

export type CompletedOption = {
  /** "-q" and "--quiet", or one of them. */
  readonly flags: readonly string[];
  readonly takesValue: boolean;
  /** Values that can be typed; empty where anything can. */
  readonly choices: readonly string[];
  readonly description: string;
};

/** A command as completion scripts see it. */
export type CompletedCommand = {
  /** "", "ask", "model list". */
  readonly path: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** Names of commands below, aliases among them. */
  readonly commands: readonly { readonly name: string; readonly description: string }[];
};

/** All commands of a program, with the options that their help shows. */
export function completionTree(command: CommandUnknownOpts, path = ""): CompletedCommand[] {
  const below = command.commands.flatMap((child) =>
    names(child).flatMap((name) => completionTree(child, path === "" ? name : `${path} ${name}`)),
  );
  const own = {
    path,
    description: command.description(),
    options: command
      .createHelp()
      .visibleOptions(command)
      .map((option) => completed(option, formatsOf(command))),
    commands: command.commands.flatMap((child) =>
      names(child).map((name) => ({ name, description: child.description() })),
    ),
  };
  return [own, ...below];
}

function names(command: CommandUnknownOpts): string[] {
  return [command.name(), ...command.aliases()];
}

function completed(option: Option, formats: readonly string[] | undefined): CompletedOption {
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined),
    takesValue: option.required,
    choices: option.long === "--format" && formats !== undefined ? formats : choicesOf(option.flags),
    description: option.description,
  };
}

/** Of the setting with these flags; its "<tokens>" stand for what cannot be listed. */
function choicesOf(flags: string): string[] {
  const key = KEY_NAMES.find((one) => KEYS[one].flags === flags);
  const told: KeyText | undefined = key === undefined ? undefined : KEYS[key];
  return (told?.choices ?? []).filter((choice) => !choice.startsWith("<"));
}
