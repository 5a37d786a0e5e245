import { Chalk } from "chalk";
import type { Answer, Citation } from "../engine/results.ts";
import type { FormatOptions } from "./format.ts";
import { place } from "./place.ts";
import { printable } from "./printable.ts";
import { answerText, uncertain, writtenSources } from "./text.ts";
import { wrap } from "./wrap.ts";

/** Citations in full: number, place, how well it supports the answer, and the quote with its own lines. */
export function sourcesText(citations: readonly Citation[], { color, width }: FormatOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const parts = citations.map((citation) => {
    const support = chalk.dim(` (support ${citation.support.toFixed(1)} nats)`);
    const head = `${chalk.cyan(`[${citation.id}]`)} ${place(citation)}${support}`;
    return `${head}\n${wrap(printable(citation.quote).trim(), width)}\n`;
  });
  return parts.join("\n");
}

/** What belongs below a written answer that was shown while it was decoded; all of it where it does not stand as it is. */
export function belowStreamed(answer: Answer, options: FormatOptions): string {
  const { verdict, unsupported } = answer;
  if (verdict === "absent" || unsupported.length > 0) return answerText(answer, options);
  const unsure = verdict === "uncertain" ? [uncertain(answer)] : [];
  const parts = [...unsure, ...writtenSources(answer, options)];
  return parts.length === 0 ? "" : `${parts.join("\n\n")}\n`;
}
