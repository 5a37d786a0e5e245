import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { KeyText, OptionGroup } from "../config/key-text.ts";
import { type ConfigKey, KEY_NAMES, KEYS } from "../config/keys.ts";
import type { Flag } from "../config/load.ts";
import { OPPOSITES } from "../config/opposites.ts";

/** Pairs that contradict each other when both are typed; a flag against a variable is no conflict, the flag wins. */
const CONFLICTS: Partial<Record<ConfigKey, ConfigKey>> = {
  ...Object.fromEntries(OPPOSITES),
  passwordFile: "password",
};

/** What the help of a command tells of its groups; the rest stands in `focus help settings`. */
const EVERYDAY: ReadonlySet<ConfigKey> = new Set<ConfigKey>([
  "model",
  "offline",
  "password",
  "ocr",
  "pages",
  "cache",
  "thorough",
  "answerStyle",
  "failIfAbsent",
  "summaryLength",
  "depth",
  "language",
  "summaryStyle",
  "format",
  "output",
  "quiet",
  "verbose",
]);

/** Every setting as an option, plus --json and --config. All commands take them all; help shows the everyday ones of `groups`. */
export function addCommonOptions(
  command: CommandUnknownOpts,
  groups: readonly (OptionGroup | ConfigKey)[],
): void {
  addOptions(command, { groups, isShown: (key) => EVERYDAY.has(key) });
}

/** All settings, shown by group. */
export function addAllOptions(command: CommandUnknownOpts): void {
  addOptions(command, { groups: KEY_NAMES, isShown: () => true });
}

type Shown = {
  readonly groups: readonly (OptionGroup | ConfigKey)[];
  readonly isShown: (key: ConfigKey) => boolean;
};

function addOptions(command: CommandUnknownOpts, { groups: shown, isShown }: Shown): void {
  const isOwn = (key: ConfigKey): boolean => shown.includes(KEYS[key].group) || shown.includes(key);
  for (const key of KEY_NAMES) {
    command.addOption(keyOption(key).hideHelp(!(isOwn(key) && isShown(key))));
    if (key !== "format") continue;
    const json = new Option("--json", "short for --format json").conflicts(attribute("format"));
    command.addOption(json.helpGroup("Output:").hideHelp(!(isOwn("format") && isShown("format"))));
  }
  const config = new Option(
    "--config <file>",
    "settings from this file instead of ./focus.toml, and trust it",
  );
  command.addOption(config.helpGroup("General:").hideHelp(!isShown("timeoutMs")));
  command.helpOption("-h, --help", "show this help");
}

function keyOption(key: ConfigKey): Option {
  const told: KeyText = KEYS[key];
  const option = new Option(told.flags, describe(told)).helpGroup(told.group);
  if (told.isList) option.argParser<string[]>((value, before = []) => [...before, value]);
  const conflict = CONFLICTS[key];
  return conflict === undefined ? option : option.conflicts(attribute(conflict));
}

/** "the most that one chunk holds (64 to 4096, default 512)". */
function describe(told: KeyText): string {
  const facts: string[] = [];
  if (told.choices !== undefined) facts.push(told.choices.join("|"));
  // Sizes and durations are typed with units; their limits only keep nonsense out.
  else if (told.range !== undefined && /<(?:n|tokens)>/u.test(told.flags))
    facts.push(told.range.join(" to "));
  if (typeof told.default === "number" || typeof told.default === "string") {
    facts.push(`default ${told.default}`);
  }
  if (told.unset !== undefined) facts.push(`default: ${told.unset}`);
  return facts.length === 0 ? told.purpose : `${told.purpose} (${facts.join(", ")})`;
}

/** The name under which commander keeps the option's value. */
function attribute(key: ConfigKey): string {
  return new Option(KEYS[key].flags).attributeName();
}

export type TypedFlags = {
  readonly flags: ReadonlyMap<ConfigKey, Flag>;
  readonly configPath: string | undefined;
};

/**
 * The flags that were typed, on the command or before it; the one nearest to the command wins. commander gives
 * `--no-…` options a default of true that looks like a value, so only what came from the command line counts.
 */
export function typedFlags(command: CommandUnknownOpts): TypedFlags {
  const flags = new Map<ConfigKey, Flag>();
  let configPath: string | undefined;
  for (const level of chain(command)) {
    const typed = (name: string): unknown =>
      level.getOptionValueSource(name) === "cli" ? level.getOptionValue(name) : undefined;
    for (const key of KEY_NAMES) {
      const value = typed(attribute(key));
      if (value !== undefined) flags.set(key, { value, flag: longFlag(key) });
    }
    if (typed("json") === true) flags.set("format", { value: "json", flag: "--json" });
    const path = typed("config");
    if (typeof path === "string") configPath = path;
  }
  return { flags, configPath };
}

function longFlag(key: ConfigKey): string {
  return new Option(KEYS[key].flags).long ?? KEYS[key].flags;
}

/** From the program down to the command. */
function chain(command: CommandUnknownOpts): CommandUnknownOpts[] {
  const levels: CommandUnknownOpts[] = [];
  for (let level: CommandUnknownOpts | null = command; level !== null; level = level.parent)
    levels.unshift(level);
  return levels;
}
