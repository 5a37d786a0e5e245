import { type ConfigKey, fileKey } from "../config/keys.ts";
import { type Config, configSchema, expectation } from "../config/schema.ts";
import { shownRefused, shownValue } from "../config/secrets.ts";
import { suggest } from "../config/suggest.ts";
import type { Settings } from "../engine/results.ts";
import { UsageError } from "../errors.ts";

/** Settings of what is opened once. */
const OPENED_KEYS = [
  "model",
  "reader",
  "adapter",
  "threads",
  "gpu",
  "offline",
  "engine",
  "engineKind",
  "engineModel",
  "engineKey",
  "engineConcurrency",
  "engineSalt",
  "password",
  "ocr",
  "pages",
  "include",
  "exclude",
  "hidden",
  "ignore",
  "chunkTokens",
  "cache",
  "cacheBudgetBytes",
  "condenser",
] as const satisfies readonly ConfigKey[];

/** Settings that each question may have its own of. */
export const ASK_KEYS = [
  "condenseChunks",
  "thorough",
  "refresh",
  "budgetTokens",
  "answerStyle",
  "answerTokens",
] as const satisfies readonly ConfigKey[];

/** Settings that each search for all places, and each extraction, may have its own of. */
export const CONDENSE_KEYS = ["condenseChunks", "thorough"] as const satisfies readonly ConfigKey[];

/** Settings that each summary may have its own of. */
export const SUMMARY_KEYS = [
  "condenseChunks",
  "thorough",
  "budgetTokens",
  "answerStyle",
  "summaryLength",
  "depth",
  "merge",
  "language",
  "summaryStyle",
  "strict",
] as const satisfies readonly ConfigKey[];

/** All settings of a session. */
export const SESSION_KEYS = [...new Set<SettingKey>([...OPENED_KEYS, ...ASK_KEYS, ...SUMMARY_KEYS])];

export type AskKey = (typeof ASK_KEYS)[number];
export type SummaryKey = (typeof SUMMARY_KEYS)[number];
type SettingKey = (typeof OPENED_KEYS)[number] | AskKey | SummaryKey;

/** The settings of the command line that a session has, by the same names, with the same ranges and defaults. */
export type SessionSettings = Pick<Config, SettingKey> & {
  /** False where the reader is the default one, which gives way to a writer that candidate tokens need to read. */
  readonly isReaderChosen: boolean;
  /** False where nobody said how many chunks are judged: `find` and `extract` judge all then. */
  readonly isCondenseChosen: boolean;
};

type Given<Key extends ConfigKey> = { readonly [K in Key]?: Config[K] | undefined };

export type GivenSettings = Given<SettingKey>;
export type AskSettings = Given<AskKey>;
export type SummarySettings = Given<SummaryKey>;
export type CondenseSettings = Given<(typeof CONDENSE_KEYS)[number]>;

/** Settings with defaults for what is not given. Throws UsageError that names the setting, its value and what was expected. */
export function resolveSettings(given: GivenSettings): SessionSettings {
  const values = Object.fromEntries(SESSION_KEYS.map((key) => [key, check(key, given[key])]));
  return {
    ...(values as Pick<Config, SettingKey>),
    isReaderChosen: given.reader !== undefined,
    isCondenseChosen: given.condenseChunks !== undefined,
  };
}

/** The settings of one question: what it has of its own, and otherwise those of the session. Throws UsageError. */
export function askSettings(session: SessionSettings, given: AskSettings): SessionSettings {
  return override(session, given, ASK_KEYS);
}

/** The same of one summary. */
export function summarySettings(session: SessionSettings, given: SummarySettings): SessionSettings {
  return override(session, given, SUMMARY_KEYS);
}

function override(
  session: SessionSettings,
  given: GivenSettings,
  keys: readonly SettingKey[],
): SessionSettings {
  const own = keys.filter((key) => given[key] !== undefined).map((key) => [key, check(key, given[key])]);
  const isCondenseChosen = session.isCondenseChosen || given.condenseChunks !== undefined;
  return { ...session, ...Object.fromEntries(own), isCondenseChosen };
}

function check(key: SettingKey, value: unknown): unknown {
  const result = configSchema.shape[key].safeParse(value);
  if (result.success) return result.data;
  const shown = shownRefused(key, value);
  throw new UsageError(`${key} is ${shown}, expected ${expectation(key)}`, { code: "usage.invalid-setting" });
}

/** Throws UsageError for options that there are not, such as settings of what is opened once where a question is asked. */
export function requireKnown(given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = suggest(unknown, known);
  throw new UsageError(`there is no option ${unknown}`, {
    code: "usage.unknown-option",
    hint: near === undefined ? `options are ${known.join(", ")}` : `did you mean ${near}?`,
  });
}

/** Settings as they are reported with a result: by their keys in focus.toml, null where one is not set. */
export function reported(settings: SessionSettings): Settings {
  return Object.fromEntries(SESSION_KEYS.map((key) => [fileKey(key), shownValue(key, settings[key])]));
}
