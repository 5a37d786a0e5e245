import { EXIT } from "../errors.ts";

const EXIT_TEXTS: readonly (readonly [number, string])[] = [
  [EXIT.done, "done"],
  [EXIT.bug, "a bug in focus"],
  [EXIT.usage, "the command line or the settings ask for what cannot be done"],
  [EXIT.input, "a document could not be read"],
  [EXIT.partial, "partial: some files could not be read (with --strict: or pages), the rest was done"],
  [EXIT.model, "no model, or it does not fit or is refused; or damaged text recognition"],
  [EXIT.kvStore, "the KV store cannot be read or written"],
  [EXIT.absent, "not in the document, with --fail-if-absent"],
  [EXIT.timeout, "stopped by --timeout"],
  [EXIT.interrupted, "stopped by Ctrl-C"],
  [EXIT.terminated, "stopped by SIGTERM"],
];

/** The part of a help text below the options: examples, exit codes, and where the rest is said. */
export function afterHelp(examples: readonly string[], codes: readonly number[]): string {
  return [
    "",
    "Examples:",
    ...examples.map((example) => `  ${example}`),
    "",
    `Exit codes: ${[...codes].sort((a, b) => a - b).join(", ")} (focus help exit-codes)`,
    "All settings: focus help settings",
  ].join("\n");
}

/** A line for each exit code. */
export function exitCodeLines(): string[] {
  return EXIT_TEXTS.map(([code, text]) => `  ${String(code).padStart(3)}  ${text}`);
}

const { done, bug, usage, input, partial, model, kvStore, absent, timeout, interrupted, terminated } = EXIT;
const ENDS = [timeout, interrupted, terminated];

/** Exit codes of commands that open documents and models, and of those that do not. */
export const CODES = {
  all: Object.values(EXIT),
  ask: [done, bug, usage, input, partial, model, absent, ...ENDS],
  chat: [done, bug, usage, input, partial, model, absent, ...ENDS],
  summarize: [done, bug, usage, input, partial, model, ...ENDS],
  read: [done, bug, usage, input, partial, model, kvStore, ...ENDS],
  text: [done, bug, usage, input, partial, model, ...ENDS],
  mcp: [done, bug, usage, ...ENDS],
  serve: [done, bug, usage, input, model, kvStore, ...ENDS],
  model: [done, bug, usage, model, ...ENDS],
  completion: [done, bug, usage, ...ENDS],
  config: [done, bug, usage, ...ENDS],
  add: [done, bug, usage, input, ...ENDS],
  cache: [done, bug, usage, kvStore, ...ENDS],
  doctor: [done, bug, usage, input, model, kvStore, ...ENDS],
} as const;
