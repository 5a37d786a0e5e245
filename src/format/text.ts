import { Chalk, type ChalkInstance } from "chalk";
import type { Answer, Citation, ShortAnswer } from "../engine/results.ts";
import type { FormatOptions } from "./format.ts";
import { linkedPlace } from "./links.ts";
import { quoted } from "./place.ts";
import { printable } from "./printable.ts";
import { percent } from "./quantity.ts";
import { workPart } from "./receipt.ts";
import { absentHeadline, uncertainHeadline } from "./searched.ts";
import { marked } from "./unsupported.ts";
import { wrap } from "./wrap.ts";

/** For people: the answer, then its sources; or that it is not there, what was searched, and the nearest passage. */
export function answerText(answer: Answer, options: FormatOptions): string {
  const chalk = new Chalk({ level: options.color ? 1 : 0 });
  const parts = partsOf(answer, options, chalk);
  return `${parts.join("\n\n")}\n`;
}

/** What stands behind a written answer that was shown while it was written; all of it again where sentences are marked. */
export function answerRest(answer: Answer, options: FormatOptions): string {
  if (answer.verdict !== "absent" && answer.unsupported.length > 0) return `\n${answerText(answer, options)}`;
  const chalk = new Chalk({ level: options.color ? 1 : 0 });
  const unsure = answer.verdict === "uncertain" ? [chalk.yellow(uncertain(answer))] : [];
  const parts =
    answer.verdict === "absent"
      ? absent({ ...answer, answer: "" }, options, chalk)
      : [...unsure, ...writtenSources(answer, options)];
  return parts.map((part) => `\n${part}\n`).join("");
}

function partsOf(answer: Answer, options: FormatOptions, chalk: ChalkInstance): string[] {
  if (answer.verdict === "absent") return absent(answer, options, chalk);
  const unsure = answer.verdict === "uncertain" ? [chalk.yellow(uncertain(answer))] : [];
  if (answer.style === "short") return [...unsure, ...short(answer, options, chalk)];
  return [...unsure, ...answered(answer, options, chalk)];
}

/** "Uncertain (34 %): the document may not say it." */
export function uncertain({ confidence, coverage }: Pick<Answer, "confidence" | "coverage">): string {
  return uncertainHeadline("say it", { confidence, coverage });
}

function answered(answer: Answer, options: FormatOptions, chalk: ChalkInstance): string[] {
  const { style, citations } = answer;
  if (style === "quote") return citations.map((citation) => passage(citation, options, chalk));
  return [wrap(printable(marked(answer)).trim(), options.width), ...writtenSources(answer, options)];
}

/** The sources of a written answer, under their heading; nothing where there are none. */
export function writtenSources({ citations }: Pick<Answer, "citations">, options: FormatOptions): string[] {
  if (citations.length === 0) return [];
  const chalk = new Chalk({ level: options.color ? 1 : 0 });
  const list = citations.map((citation) => source(citation, options, chalk));
  return [[chalk.bold("Sources"), ...list].join("\n")];
}

/** Each answer with the passages that give it; how sure it is where there are several. */
function short({ answers, citations }: Answer, options: FormatOptions, chalk: ChalkInstance): string[] {
  const one = ({ text, confidence, citations: ids }: ShortAnswer): string => {
    const sure = answers.length > 1 ? chalk.dim(` (${percent(confidence)})`) : "";
    const given = citations.filter(({ id }) => ids.includes(id));
    const head = `${chalk.bold(wrap(printable(text).trim(), options.width))}${sure}`;
    return [head, ...given.map((citation) => passage(citation, options, chalk))].join("\n");
  };
  return answers.map(one);
}

function absent(
  { answer, style, citations, coverage }: Answer,
  options: FormatOptions,
  chalk: ChalkInstance,
) {
  const head = chalk.bold(absentHeadline(coverage));
  const said = style === "write" && answer !== "" ? [wrap(printable(answer).trim(), options.width)] : [];
  const work = wrap(`${sentence(workPart(coverage))}.`, options.width);
  const [nearest] = citations;
  const parts = [[head, ...said, work].join("\n")];
  if (nearest === undefined) return parts;
  return [...parts, [chalk.bold("Nearest passage"), source(nearest, options, chalk)].join("\n")];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A quote with its place below. */
function passage(citation: Citation, { width, links }: FormatOptions, chalk: ChalkInstance): string {
  return `${wrap(quoted(citation), width)}\n${chalk.cyan(wrap(`    ${linkedPlace(citation, links)}`, width, "    "))}`;
}

function source(citation: Citation, { width, links }: FormatOptions, chalk: ChalkInstance): string {
  return wrap(
    `${chalk.cyan(`[${citation.id}]`)} ${linkedPlace(citation, links)}: ${quoted(citation)}`,
    width,
    "    ",
  );
}
