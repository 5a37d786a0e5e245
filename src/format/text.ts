import { Chalk, type ChalkInstance } from "chalk";
import type { Answer, Citation } from "../engine/results.ts";
import type { FormatOptions } from "./format.ts";
import { place, quoted } from "./place.ts";
import { printable } from "./printable.ts";
import { readPart } from "./receipt.ts";
import { marked } from "./unsupported.ts";
import { wrap } from "./wrap.ts";

/** For people: the answer, then its sources; or that it is not there, what was read, and the nearest passage. */
export function answerText(answer: Answer, options: FormatOptions): string {
  const chalk = new Chalk({ level: options.color ? 1 : 0 });
  const parts =
    answer.verdict === "absent" ? absent(answer, options, chalk) : answered(answer, options, chalk);
  return `${parts.join("\n\n")}\n`;
}

function answered(answer: Answer, options: FormatOptions, chalk: ChalkInstance): string[] {
  const { style, citations } = answer;
  if (style === "quote") return citations.map((citation) => passage(citation, options, chalk));
  const text = wrap(printable(marked(answer)).trim(), options.width);
  if (citations.length === 0) return [text];
  const list = citations.map((citation) => source(citation, options, chalk));
  return [text, [chalk.bold("Sources"), ...list].join("\n")];
}

function absent({ citations, coverage }: Answer, options: FormatOptions, chalk: ChalkInstance): string[] {
  const where = coverage.documents > 1 ? "documents" : "document";
  const head = [
    chalk.bold(`Not in the ${where}.`),
    wrap(`What was read: ${readPart(coverage)}.`, options.width),
  ];
  const [nearest] = citations;
  if (nearest === undefined) return [head.join("\n")];
  return [head.join("\n"), [chalk.bold("Nearest passage"), source(nearest, options, chalk)].join("\n")];
}

/** A quote that is the answer itself, with its place below. */
function passage(citation: Citation, { width }: FormatOptions, chalk: ChalkInstance): string {
  return `${wrap(quoted(citation), width)}\n${chalk.cyan(wrap(`    ${place(citation)}`, width, "    "))}`;
}

function source(citation: Citation, { width }: FormatOptions, chalk: ChalkInstance): string {
  return wrap(`${chalk.cyan(`[${citation.id}]`)} ${place(citation)}: ${quoted(citation)}`, width, "    ");
}
