import { Chalk } from "chalk";
import type { Citation } from "../engine/results.ts";
import type { FormatOptions } from "./format.ts";
import { place, underHeader } from "./place.ts";
import { printable } from "./printable.ts";
import { wrap } from "./wrap.ts";

/** Citations in full: number, place, how well it supports the answer, and the quote with its own lines. */
export function sourcesText(citations: readonly Citation[], { color, width }: FormatOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const parts = citations.map((citation) => {
    const support = chalk.dim(` (support ${citation.support.toFixed(1)} nats)`);
    const head = `${chalk.cyan(`[${citation.id}]`)} ${place(citation)}${support}`;
    const quote = `${printable(citation.quote).trim()}${underHeader(citation)}`;
    return `${head}\n${wrap(quote, width)}\n`;
  });
  return parts.join("\n");
}
