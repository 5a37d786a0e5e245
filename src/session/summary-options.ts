import type { Document } from "../document/document.ts";
import { detectLanguage, languageName } from "../document/language.ts";
import type { ReadOptions, SummarizeOptions } from "../engine/options.ts";
import { SUMMARY_WORDS } from "../engine/summary/summary.ts";
import { UsageError } from "../errors.ts";
import type { LanguageModel } from "../model/language-model.ts";
import { defaultBudget, defaultStyle } from "./answer-style.ts";
import type { SessionSettings } from "./settings.ts";

/** Throws UsageError for settings with which there is nothing to summarise from. */
export function requireSummaryBudget({ budgetTokens }: Pick<SessionSettings, "budgetTokens">): void {
  if (budgetTokens !== 0) return;
  throw new UsageError("--budget 0 leaves nothing to summarise from", { hint: "leave --budget out" });
}

/** What the engine wants for summaries. Throws UsageError for a language that the writer cannot write. */
export function summarizeOptions(
  settings: SessionSettings,
  writer: LanguageModel,
  read: ReadOptions,
): SummarizeOptions {
  const { summaryLength, answerStyle, language } = settings;
  requireSummaryBudget(settings);
  const style = defaultStyle(writer);
  if (language !== undefined && style === "quote") {
    throw new UsageError(`--language ${language}: ${writer.name} is too small to translate`, {
      hint: "name a writer that can, such as -m qwen2.5-coder-1.5b",
    });
  }
  return {
    ...read,
    writer,
    answerStyle: wantedStyle(answerStyle, style),
    depth: settings.depth,
    merges: settings.merge,
    budgetTokens: settings.budgetTokens ?? defaultBudget(writer, style),
    layout: settings.summaryStyle,
    language: language === undefined ? undefined : languageCalled(language),
    mostWords: typeof summaryLength === "number" ? summaryLength : SUMMARY_WORDS[summaryLength],
    strict: settings.strict,
    condenseChunks: settings.thorough ? Number.POSITIVE_INFINITY : settings.condenseChunks,
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

/** Short answers are no summary: what asks for them gets the document's own sentences. */
function wantedStyle(wanted: SessionSettings["answerStyle"], own: "quote" | "write"): "quote" | "write" {
  if (wanted === "auto") return own;
  return wanted === "write" ? "write" : "quote";
}
