import type { Config } from "../config/schema.ts";
import type { Document } from "../document/document.ts";
import { detectLanguage, languageName } from "../document/language.ts";
import type { SummarizeOptions } from "../engine/options.ts";
import { SUMMARY_WORDS } from "../engine/summary/summary.ts";
import { UsageError } from "../errors.ts";
import type { CommandContext } from "./context.ts";
import { openEngine } from "./open-engine.ts";
import { defaultBudget, defaultStyle, noticeTinyWriter, type OpenedModels } from "./open-models.ts";

/** What the engine wants for summaries, from the settings. Throws UsageError for a language that the writer cannot write. */
export async function openSummarizer(
  context: CommandContext,
  { writer, ...models }: OpenedModels,
): Promise<SummarizeOptions> {
  const { config } = context;
  const { summaryLength, answerStyle, language } = config;
  const style = defaultStyle(writer);
  if (language !== undefined && style === "quote") {
    throw new UsageError(`--language ${language}: ${writer.name} is too small to translate`, {
      hint: "name a writer that can, such as -m qwen2.5-coder-1.5b",
    });
  }
  return {
    ...(await openEngine(context, { writer, ...models })),
    writer,
    answerStyle: wantedStyle(answerStyle, style),
    depth: config.depth,
    merges: config.merge,
    budgetTokens: config.budgetTokens ?? defaultBudget(writer, style),
    layout: config.summaryStyle,
    language: language === undefined ? undefined : languageCalled(language),
    mostWords: typeof summaryLength === "number" ? summaryLength : SUMMARY_WORDS[summaryLength],
    strict: config.strict,
    condenseChunks: config.thorough ? Number.POSITIVE_INFINITY : config.condenseChunks,
  };
}

/** "German" for "de"; what is no code of a language is taken for its name. */
function languageCalled(wanted: string): string {
  return /^[a-z]{2,3}(?:-[a-z]+)?$/iu.test(wanted) ? languageName(wanted) : wanted;
}

/** The options for these documents: nothing is translated that is in the wanted language already. */
export function forDocuments(options: SummarizeOptions, documents: readonly Document[]): SummarizeOptions {
  const { language } = options;
  const isThere = documents.every(({ text }) => {
    const code = detectLanguage(text);
    return code !== undefined && languageName(code).toLowerCase() === language?.toLowerCase();
  });
  return isThere ? { ...options, language: undefined } : options;
}

/** Says that the embedded default only quotes, unless somebody chose it. */
export function noticeQuoted(context: CommandContext, { answerStyle }: SummarizeOptions): void {
  if (context.config.model === undefined && answerStyle === "quote") noticeTinyWriter(context);
}

/** Short answers are no summary: what asks for them gets the document's own sentences. */
function wantedStyle(wanted: Config["answerStyle"], own: "quote" | "write"): "quote" | "write" {
  if (wanted === "auto") return own;
  return wanted === "write" ? "write" : "quote";
}
