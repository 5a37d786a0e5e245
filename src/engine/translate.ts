import { fill } from "../prompt/template.ts";
import { decode } from "./decode.ts";
import { foreignNumbers } from "./foreign.ts";
import type { SummarizeOptions } from "./options.ts";
import { plainLine } from "./plain.ts";
import type { SummaryPoint } from "./summary.ts";

/** Translations grow; a writer that goes on for longer has lost its way. */
const MOST_GROWTH = 3;
const LEAST_TOKENS = 32;

export type Translated = { readonly points: readonly SummaryPoint[]; readonly tokens: number };

/**
 * Points in another language, when they are already attributed: passage and quote stay those of the original, which is
 * kept. A translation with numbers that its original does not have is unsupported.
 */
export async function translatePoints(
  points: readonly SummaryPoint[],
  language: string,
  options: SummarizeOptions,
): Promise<Translated> {
  const { writer, prompts, signal } = options;
  const translated: SummaryPoint[] = [];
  let tokens = 0;
  for (const point of points) {
    const request = writer.chat(prompts.system, fill(prompts.translate, { language, text: point.text }));
    const answerTokens = LEAST_TOKENS + MOST_GROWTH * writer.tokenize(point.text).length;
    const quiet = { writer, signal, answerTokens, onEvent: () => {} };
    const spoken = await decode({ ...request, chosen: [] }, quiet);
    tokens += spoken.windowTokens + spoken.tokens;
    const text = plainLine(spoken);
    const foreign = [...point.foreign, ...foreignNumbers(text, point.text)];
    const supported = point.supported && text !== "" && foreign.length === 0;
    translated.push({ ...point, text: text || point.text, original: point.text, foreign, supported });
  }
  return { points: translated, tokens };
}
