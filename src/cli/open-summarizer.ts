import type { SummarizeOptions } from "../engine/options.ts";
import { SUMMARY_WORDS } from "../engine/summary.ts";
import type { CommandContext } from "./context.ts";
import { openEngine } from "./open-engine.ts";
import { defaultStyle, noticeTinyWriter, type OpenedModels } from "./open-models.ts";

/** What the engine wants for summaries, from the settings. */
export async function openSummarizer(
  context: CommandContext,
  models: OpenedModels,
): Promise<SummarizeOptions> {
  const { config } = context;
  const { summaryLength, answerStyle } = config;
  return {
    ...(await openEngine(context, models)),
    writer: models.writer,
    answerStyle: answerStyle === "auto" ? defaultStyle(models.writer) : answerStyle,
    layout: config.summaryStyle,
    mostWords: typeof summaryLength === "number" ? summaryLength : SUMMARY_WORDS[summaryLength],
    strict: config.strict,
    condenseChunks: config.thorough ? Number.POSITIVE_INFINITY : config.condenseChunks,
  };
}

/** Says that the embedded default only quotes, unless somebody chose it. */
export function noticeQuoted(context: CommandContext, { answerStyle }: SummarizeOptions): void {
  if (context.config.model === undefined && answerStyle === "quote") noticeTinyWriter(context);
}
