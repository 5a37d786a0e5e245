import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { OptionGroup } from "../config/key-text.ts";
import { type ConfigKey, KEY_NAMES, KEYS } from "../config/keys.ts";
import type { LoadedConfig } from "../config/load.ts";

export type Format = (typeof KEYS)["format"]["choices"][number];

/** What results are printed as, by their kind; src/format, which has the formatters, is not loaded for a help text. */
export const FORMATS = {
  all: KEYS.format.choices,
  /** Of ask, chat and summarize. */
  answers: ["text", "markdown", "json", "jsonl", "html"],
  /** Of extract. */
  items: ["text", "markdown", "json", "jsonl", "csv"],
  /** Of lists and deeds. */
  lists: ["text", "json", "jsonl"],
} as const satisfies Readonly<Record<string, readonly Format[]>>;

export type Taken = {
  /** Settings that the command uses, by groups and by themselves; its help shows the everyday ones. */
  readonly takes: readonly (OptionGroup | ConfigKey)[];
  /** What it looks at besides, and its help does not show, such as what it refuses. */
  readonly looksAt?: readonly (OptionGroup | ConfigKey)[];
  /** What it prints its results as; otherwise as lists are. */
  readonly formats?: readonly Format[];
};

/** How a result is printed that is no answer. */
export const PRINTING = ["format", "output", "quiet", "verbose"] as const satisfies readonly ConfigKey[];

/** Of every command: how it prints, how long it may take, and promises that each of them keeps. */
const EVERYWHERE: readonly ConfigKey[] = [...PRINTING, "color", "debug", "timeoutMs", "offline", "cache"];

const TAKEN = new WeakMap<CommandUnknownOpts, Taken>();

export function noteTaken(command: CommandUnknownOpts, taken: Taken): void {
  TAKEN.set(command, taken);
}

/** Undefined for what is no command, such as a topic of the help. */
export function formatsOf(command: CommandUnknownOpts): readonly Format[] | undefined {
  const taken = TAKEN.get(command);
  return taken && (taken.formats ?? FORMATS.lists);
}

/** Whether a setting is among these, by itself or with its group. */
export function isAmong(key: ConfigKey, among: readonly (OptionGroup | ConfigKey)[]): boolean {
  return among.includes(KEYS[key].group) || among.includes(key);
}

/** The settings of a group, but for some. */
export function allBut(group: OptionGroup, ...others: readonly ConfigKey[]): ConfigKey[] {
  return KEY_NAMES.filter((key) => KEYS[key].group === group && !others.includes(key));
}

/**
 * A sentence for each flag that was typed, on the command or before it, and does nothing in it. Variables and files are meant for
 * all commands, and say nothing of one.
 */
export function idleFlags(
  command: CommandUnknownOpts,
  name: string | undefined,
  { config, origin }: Pick<LoadedConfig, "config" | "origin">,
): string[] {
  const { takes = KEY_NAMES, looksAt = [] } = TAKEN.get(command) ?? {};
  const used = [...EVERYWHERE, ...takes, ...looksAt];
  // A model that reads as well, or whose tokenizer a server needs, is used where nothing is written.
  const usesWriter = config.reader === "same" || config.engine !== undefined;
  const isIdle = (key: ConfigKey): boolean => !isAmong(key, used) && !(key === "model" && usesWriter);
  return KEY_NAMES.flatMap((key) => {
    const from = origin[key];
    if (from.kind !== "flag" || !isIdle(key)) return [];
    const use = KEYS[key].group === "Summarising:" ? "; it is for focus summarize" : "";
    return [`${from.flag} does nothing in focus ${name}${use}`];
  });
}
