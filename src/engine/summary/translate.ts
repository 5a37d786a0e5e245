import { fill } from "../../prompt/template.ts";
import { foreignNumbers } from "../attribution/foreign.ts";
import type { SummarizeOptions } from "../options.ts";
import type { SummaryPoint } from "./summary.ts";
import { writeLine } from "./write-line.ts";

/**
 * Translations grow, in scripts that the tokenizer cuts into bytes by a factor of ten; a writer that goes on for longer
 * has lost its way.
 */
const MOST_GROWTH = 12;
const LEAST_TOKENS = 32;

export type Translated = { readonly points: readonly SummaryPoint[]; readonly tokens: number };

/**
 * Points in another language, when they are already attributed: passage and quote stay those of the original, which is
 * kept. A translation with numbers that its original does not have, or without its end, is unsupported.
 */
export async function translatePoints(
  points: readonly SummaryPoint[],
  language: string,
  options: SummarizeOptions,
): Promise<Translated> {
  const { writer, prompts, onEvent } = options;
  let cut = 0;
  const translated: SummaryPoint[] = [];
  let tokens = 0;
  for (const point of points) {
    const user = fill(prompts.translate, { language, text: point.text });
    const answerTokens = LEAST_TOKENS + MOST_GROWTH * writer.tokenize(point.text).length;
    const line = await writeLine(user, answerTokens, options);
    tokens += line.tokens;
    const { text, stop } = line;
    if (stop !== "end") cut += 1;
    const foreign = [...point.foreign, ...foreignNumbers(text, point.text)];
    const supported = point.supported && text !== "" && stop === "end" && foreign.length === 0;
    translated.push({ ...point, text: text || point.text, original: point.text, foreign, supported });
  }
  if (cut > 0) {
    const message = `${cut} of ${points.length} points were not translated to their end: they are marked unsupported`;
    onEvent({ kind: "warning", message });
  }
  return { points: translated, tokens };
}
