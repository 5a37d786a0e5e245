import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { KeyText } from "../config/key-text.ts";
import { type ConfigKey, KEY_NAMES, KEYS } from "../config/keys.ts";
import type { Flag } from "../config/load.ts";
import { OPPOSITES } from "../config/opposites.ts";
import { FORMATS, type Format, isAmong, noteTaken, type Taken } from "./taken.ts";

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

/**
 * Every setting as an option, plus --json and --config. All commands know them all, and warn of those that do nothing in them; help
 * shows the everyday ones of what the command takes.
 */
export function addCommonOptions(command: CommandUnknownOpts, taken: Taken): void {
  const { takes, formats = FORMATS.lists } = taken;
  noteTaken(command, taken);
  const isShown = (key: ConfigKey): boolean => EVERYDAY.has(key) && isAmong(key, takes);
  addOptions(command, { isShown, formats });
}

/** All settings, shown by group. */
export function addAllOptions(command: CommandUnknownOpts): void {
  addOptions(command, { isShown: () => true, formats: FORMATS.all });
}

type Shown = {
  readonly isShown: (key: ConfigKey) => boolean;
  readonly formats: readonly Format[];
};

function addOptions(command: CommandUnknownOpts, { isShown, formats }: Shown): void {
  for (const key of KEY_NAMES) {
    command.addOption(keyOption(key, formats).hideHelp(!isShown(key)));
    if (key !== "format") continue;
    const json = new Option("--json", "short for --format json").conflicts(attribute("format"));
    command.addOption(json.helpGroup("Output:").hideHelp(!isShown("format")));
  }
  const config = new Option(
    "--config <file>",
    "settings from this file instead of ./focus.toml, and trust it",
  );
  command.addOption(config.helpGroup("General:").hideHelp(!isShown("timeoutMs")));
  command.helpOption("-h, --help", "show this help");
}

function keyOption(key: ConfigKey, formats: readonly Format[]): Option {
  const told: KeyText = key === "format" ? formatText(formats) : KEYS[key];
  const option = new Option(told.flags, describe(told)).helpGroup(told.group);
  if (told.isList) option.argParser<string[]>((value, before = []) => [...before, value]);
  const conflict = CONFLICTS[key];
  return conflict === undefined ? option : option.conflicts(attribute(conflict));
}

/** Of a command that does not have all formats: what is said of the others is left out. */
function formatText(formats: readonly Format[]): KeyText {
  const { format } = KEYS;
  const [about = "", ...notes] = format.purpose.split("; ");
  const own = notes.filter((note) => formats.some((one) => note.startsWith(`${one} `)));
  const choices = format.choices.filter((one) => formats.includes(one));
  return { ...format, purpose: [about, ...own].join("; "), choices };
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
