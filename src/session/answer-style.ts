import type { Answer } from "../engine/results.ts";
import { UsageError } from "../errors.ts";
import type { LocalAdapter } from "../model/adapters/adapter.ts";
import { DEFAULT_MODEL } from "../model/catalogue.ts";
import type { LanguageModel } from "../model/language-model.ts";
import type { SessionSettings } from "./settings.ts";

/** A window that a CPU evaluates within half a minute, for models of up to 1.5B. */
const CPU_WINDOW_TOKENS = 2048;
const GPU_WINDOW_TOKENS = 8192;
const TINY_WRITER_BYTES = 250e6;
const TINY_WINDOW_TOKENS = 768;

type StyleInput = {
  readonly writer: LanguageModel;
  readonly reader: LanguageModel;
  readonly condenser: LocalAdapter | undefined;
};

/** The style of the answer. Throws UsageError for short answers of a reader that gives none. */
export function answerStyleOf(
  { answerStyle, condenser: chosen }: Pick<SessionSettings, "answerStyle" | "condenser">,
  { writer, reader, condenser }: StyleInput,
): Answer["style"] {
  if (answerStyle === "short" && condenser === undefined) {
    const why = chosen === "answer" ? `focus has none for ${reader.name}` : `--condenser is ${chosen}`;
    throw new UsageError(`--answer short needs a condenser that answers, and ${why}`, {
      hint: `use --reader ${DEFAULT_MODEL} --condenser answer, or --answer quote`,
    });
  }
  if (answerStyle !== "auto") return answerStyle;
  if (defaultStyle(writer) === "write") return "write";
  return condenser === undefined ? "quote" : "short";
}

/** Tiny writers make things up; what they would write, the document says better itself. */
export function defaultStyle({ metadata }: LanguageModel): "quote" | "write" {
  return metadata.fileBytes < TINY_WRITER_BYTES ? "quote" : "write";
}

/**
 * The window when nobody asked for one, in the writer's tokens. Tiny writers get little more than one chunk: with more
 * before them they lose the thread. Never more than half of what the model was trained on.
 */
export function defaultBudget({ metadata, backend }: LanguageModel, style: Answer["style"]): number {
  const most = mostWindowTokens(backend);
  const tiny = style === "write" && metadata.fileBytes < TINY_WRITER_BYTES;
  return Math.min(tiny ? TINY_WINDOW_TOKENS : most, Math.floor(metadata.trainedContextTokens / 2));
}

/** The largest window where nobody asked for one. */
export function mostWindowTokens({ processor }: { readonly processor: string }): number {
  return processor === "cpu" ? CPU_WINDOW_TOKENS : GPU_WINDOW_TOKENS;
}

/** A writer of half a billion weights at 4 to 6 bits is smaller. */
const SMALL_WRITER_BYTES = 600e6;
const SMALL_WINDOW_CHUNKS = 2;

export type AskBudgetInput = {
  readonly answerStyle: Answer["style"];
  readonly condenser: LocalAdapter | undefined;
  readonly chunkTokens: number;
};

/**
 * The same for a question. A small writer that is told what the condenser found answers no worse from half as much:
 * Qwen2.5-0.5B has 31 to 33 of 60 questions in other words right with 1,024 tokens, 30 with 2,048 (bench/own-words.mjs).
 */
export function defaultAskBudget(
  writer: LanguageModel,
  { answerStyle, condenser, chunkTokens }: AskBudgetInput,
): number {
  const most = defaultBudget(writer, answerStyle);
  const isTold = answerStyle === "write" && condenser !== undefined;
  if (!isTold || writer.metadata.fileBytes >= SMALL_WRITER_BYTES) return most;
  return Math.min(most, SMALL_WINDOW_CHUNKS * chunkTokens);
}

/** Throws UsageError for a writer that makes things up. */
export function requireWriter(writer: LanguageModel, what: string): void {
  if (defaultStyle(writer) === "write") return;
  throw new UsageError(`${what} needs a writer, and ${writer.name} is too small to write`, {
    hint: "focus setup fetches the best one that fits; -m names another",
  });
}
