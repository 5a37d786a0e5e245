import type { Answer, Citation } from "../engine/results.ts";
import type { FormatOptions } from "./format.ts";
import { type Links, markdownPlace } from "./links.ts";
import { literal } from "./markdown-table.ts";
import { underHeader } from "./place.ts";
import { printable, printableLine } from "./printable.ts";
import { percent } from "./quantity.ts";
import { workPart } from "./receipt.ts";
import { absentHeadline } from "./searched.ts";
import { uncertain } from "./text.ts";
import { marked } from "./unsupported.ts";

/** For notes and pull requests: the answer, then its sources as a numbered list with quotes. Never wrapped, never coloured. */
export function answerMarkdown(answer: Answer, { links }: Pick<FormatOptions, "links"> = {}): string {
  const { style, verdict, citations } = answer;
  if (verdict === "absent") return `${absent(answer, links).join("\n\n")}\n`;
  const parts = {
    quote: [list(citations, links)],
    short: short(answer, links),
    write: written(answer, links),
  }[style];
  return `${[...unsure(answer), ...parts].join("\n\n")}\n`;
}

/** What stands behind a written answer that was shown while it was written. */
export function markdownRest(answer: Answer): string {
  const parts =
    answer.verdict === "absent"
      ? absent(answer, undefined)
      : [...unsure(answer), ...sources(answer, undefined)];
  return parts.map((part) => `\n\n${part}`).join("");
}

/** A question that was made a whole one, in front of its answer. */
export function askedAs(question: string): string {
  return `Asked as: ${literal(printableLine(question))}\n\n`;
}

function unsure(answer: Answer): string[] {
  return answer.verdict === "uncertain" ? [`**${uncertain(answer)}**`] : [];
}

function absent({ coverage, citations }: Answer, links: Links | undefined): string[] {
  const nearest = citations.slice(0, 1);
  const passage = nearest.length === 0 ? [] : ["**Nearest passage**", list(nearest, links)];
  return [`**${absentHeadline(coverage)}** ${workPart(coverage)}.`, ...passage];
}

function written(answer: Answer, links: Links | undefined): string[] {
  return [inert(printable(marked(answer)).trim()), ...sources(answer, links)];
}

function sources({ citations }: Answer, links: Links | undefined): string[] {
  return citations.length === 0 ? [] : ["**Sources**", list(citations, links)];
}

/** Each answer with the passages that give it; how sure it is where there are several. */
function short({ answers, citations }: Answer, links: Links | undefined): string[] {
  return answers.map(({ text, confidence, citations: ids }) => {
    const sure = answers.length > 1 ? ` (${percent(confidence)})` : "";
    const given = list(
      citations.filter(({ id }) => ids.includes(id)),
      links,
    );
    return `**${inert(printable(text).trim())}**${sure}\n\n${given}`;
  });
}

function list(citations: readonly Citation[], links: Links | undefined): string {
  return citations.map((one) => sourceItem(one, links)).join("\n");
}

/** A source as it stands in the list: its number and place, and below them the quote. */
export function sourceItem(citation: Citation, links: Links | undefined): string {
  return `${citation.id}. ${markdownPlace(citation, links)}:\n   > ${quotedMarkdown(citation)}`;
}

/** A quote on one line, with what stands over it. */
export function quotedMarkdown(citation: Pick<Citation, "quote" | "header">): string {
  return literal(`${printableLine(citation.quote)}${underHeader(citation)}`);
}

/** The answer may have markup of its own, but no picture and no HTML: rendering either can call home. */
export function inert(text: string): string {
  return backslashed(text, /!\[|<(?=[a-z/!?])/iu);
}

/** A backslash before each mark that is not escaped yet: behind an even number of backslashes, which stand for themselves, it is not. */
export function backslashed(text: string, { source, flags }: RegExp): string {
  return text.replaceAll(
    new RegExp(`(\\\\*)(${source})`, `g${flags}`),
    (_, slashes: string, mark: string) => {
      return slashes.length % 2 === 0 ? `${slashes}\\${mark}` : `${slashes}${mark}`;
    },
  );
}
