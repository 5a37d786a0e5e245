import { ENGINE_KEYS } from "./engine-keys.ts";
import type { KeyText } from "./key-text.ts";
import { SOURCE_KEYS } from "./source-keys.ts";

/** setTimeout counts milliseconds in 31 bits; longer waits would end at once. */
const MOST_TIMEOUT_MS = 24 * 24 * 3600 * 1000;

/**
 * Every setting: purpose, unit, range, default; costs are named where a value costs time or memory.
 * No zod here, so that `focus --help` can be printed from it without loading zod.
 */
export const KEYS = {
  model: {
    flags: "-m, --model <model>",
    group: "Models:",
    purpose: "the writer: a name from `focus model list`, a path or a URI",
    unset: "smollm2-135m",
  },
  reader: {
    flags: "--reader <model>",
    group: "Models:",
    purpose: "the model that goes through the whole document, or `same` as the writer",
    default: "smollm2-135m",
  },
  adapter: {
    flags: "--adapter <adapter>",
    group: "Answering:",
    purpose: "weights of candidate tokens, for --condenser candidates or both: a name, a path, or `none`",
    unset: "the one that comes with focus for the model",
  },
  threads: {
    flags: "--threads <n>",
    group: "Models:",
    purpose: "threads of one evaluation; more than the physical cores is slower",
    unset: "physical cores that are free",
    range: [1, 256],
  },
  gpu: {
    flags: "--gpu <kind>",
    group: "Models:",
    purpose: "what the models run on",
    choices: ["auto", "off", "metal", "cuda", "vulkan"],
    default: "auto",
  },
  offline: {
    flags: "--offline",
    group: "Models:",
    purpose: "never use the network, not even to pull a model",
    default: false,
  },
  ...ENGINE_KEYS,
  ...SOURCE_KEYS,
  chunkTokens: {
    flags: "--chunk <tokens>",
    group: "Reading:",
    purpose: "the most that one chunk holds; another value reads the document anew",
    unit: "tokens",
    range: [64, 4096],
    default: 512,
  },
  cache: {
    flags: "--no-cache",
    group: "Reading:",
    purpose: "neither use nor fill the KV store: every command parses and reads anew",
    default: true,
  },
  cacheBudgetBytes: {
    flags: "--cache-budget <size>",
    group: "Reading:",
    purpose: "the most that the KV store takes, such as 20GB",
    unset: "decided by the free disk",
    unit: "bytes",
    range: [0, Number.MAX_SAFE_INTEGER],
  },
  condenseChunks: {
    flags: "--condense <n>",
    group: "Answering:",
    purpose:
      "chunks that are looked at under the question (or --focus) at most, the best of the search first; of a question until one answers surely; each that is not stored is read for it",
    unit: "chunks",
    range: [1, 1_000_000],
    // 60 questions in other words than their documents' have 36 right first lines with 32 and 35 with 64 (bench/own-words.mjs), 63 of
    // twelve dev sets the same evidence in every window (bench/ask.mjs): what stands further down is more often wrong than better.
    default: 32,
  },
  thorough: {
    flags: "--thorough",
    group: "Answering:",
    purpose: "read every chunk, and look at it under the question",
    default: false,
  },
  condenser: {
    flags: "--condenser <kind>",
    group: "Answering:",
    purpose:
      "how chunks are condensed under the question: each answers or says none (readers without trained weights for it: likelihood), by the question's likelihood, to candidate tokens that the answer stands on alone, or to these before the best chunks",
    choices: ["answer", "likelihood", "candidates", "both"],
    default: "answer",
  },
  refresh: {
    flags: "--refresh <when>",
    group: "Answering:",
    purpose:
      "compute all candidates anew while the answer is written: never, before every token, or after so many; each time costs a pass over all chunks",
    choices: ["none", "every", "<tokens>"],
    default: "none",
  },
  budgetTokens: {
    flags: "--budget <tokens>",
    group: "Answering:",
    purpose: "the window that the writer sees; in ask, 0 = candidates alone",
    unset: "decided by model and machine",
    unit: "tokens",
    range: [256, 131_072],
  },
  answerStyle: {
    flags: "--answer <style>",
    group: "Answering:",
    purpose:
      "who speaks: the writer, the document by its own passages, which invents nothing, or the condenser in a few words of a chunk",
    choices: ["auto", "write", "quote", "short"],
    default: "auto",
  },
  answerTokens: {
    flags: "--max-answer <tokens>",
    group: "Answering:",
    purpose: "where the answer is cut off",
    unit: "tokens",
    range: [1, 8192],
    default: 512,
  },
  failIfAbsent: {
    flags: "--fail-if-absent",
    group: "Answering:",
    purpose: "exit with 10 when the answer is not in the document, or nothing is found",
    default: false,
  },
  summaryLength: {
    flags: "--length <length>",
    group: "Summarising:",
    purpose: "about 100, 300 or 800 words at most, or so many",
    choices: ["short", "medium", "long", "<words>"],
    default: "medium",
  },
  depth: {
    flags: "--depth <depth>",
    group: "Summarising:",
    purpose: "what is written from: notes of all chunks, of those that matter most, or sentences",
    choices: ["full", "quick", "once"],
    default: "quick",
  },
  merge: {
    flags: "--merge",
    group: "Summarising:",
    purpose: "have the writer merge its notes in a tree, instead of keeping their best sentences as they are",
    default: false,
  },
  language: {
    flags: "--language <name>",
    group: "Summarising:",
    purpose: "have the writer translate the points, such as German or de; quotes stay as they are",
    unset: "the document's own",
  },
  summaryStyle: {
    flags: "--style <style>",
    group: "Summarising:",
    purpose: "how the points are laid out",
    choices: ["paragraph", "bullets", "outline"],
    default: "paragraph",
  },
  format: {
    flags: "--format <format>",
    group: "Output:",
    purpose: "what the result is printed as; html shows the pages of its sources; csv is for lists",
    choices: ["text", "markdown", "json", "jsonl", "csv", "html"],
    default: "text",
  },
  links: {
    flags: "--links <kind>",
    group: "Output:",
    purpose: "what places are: links on terminals and in Markdown, text, or links in an Obsidian vault",
    choices: ["auto", "off", "obsidian"],
    default: "auto",
  },
  strict: {
    flags: "--strict",
    group: "Output:",
    purpose:
      "exit with 4 also when a page has no text; summarize drops sentences that no passage bears out, instead of marking them",
    default: false,
  },
  output: {
    flags: "-o, --output <file>",
    group: "Output:",
    purpose: "write the result to a file, whole or not at all; of summarize also a folder",
  },
  color: {
    flags: "--no-color",
    group: "Output:",
    purpose: "no colours (nor under NO_COLOR, TERM=dumb or in a pipe)",
    default: true,
  },
  quiet: {
    flags: "-q, --quiet",
    group: "Output:",
    purpose: "neither progress nor receipt; warnings still appear",
    default: false,
  },
  verbose: {
    flags: "--verbose",
    group: "Output:",
    purpose: "say more: settings and where each came from, models, the time of every stage, whole warnings",
    default: false,
  },
  debug: {
    flags: "--debug",
    group: "Output:",
    purpose: "stack traces, llama.cpp's own messages, what the KV store had, and how chunks were ranked",
    default: false,
  },
  timeoutMs: {
    flags: "--timeout <duration>",
    group: "General:",
    purpose: "stop after so long with exit code 124: 90s, 5m, 1h30m or seconds",
    unit: "milliseconds",
    range: [1, MOST_TIMEOUT_MS],
  },
} as const satisfies Readonly<Record<string, KeyText>>;

export type ConfigKey = keyof typeof KEYS;

/** All keys, in the order in which help shows them. */
export const KEY_NAMES = Object.keys(KEYS) as readonly ConfigKey[];

/** The key's name in focus.toml: "max-answer". */
export function fileKey(key: ConfigKey): string {
  const long = /--(?:no-)?([a-z-]+)/u.exec(KEYS[key].flags);
  return long?.[1] ?? key;
}

/** The key's environment variable: "FOCUS_MAX_ANSWER". */
export function variable(key: ConfigKey): string {
  return `FOCUS_${fileKey(key).replaceAll("-", "_").toUpperCase()}`;
}
