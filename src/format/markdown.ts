import type { Answer, Citation } from "../engine/results.ts";
import type { FormatOptions } from "./format.ts";
import { type Links, markdownPlace } from "./links.ts";
import { literal } from "./markdown-table.ts";
import { printable, printableLine } from "./printable.ts";
import { percent } from "./quantity.ts";
import { workPart } from "./receipt.ts";
import { searchedText } from "./searched.ts";
import { uncertain } from "./text.ts";
import { marked } from "./unsupported.ts";

/** For notes and pull requests: the answer, then its sources as a numbered list with quotes. Never wrapped, never coloured. */
export function answerMarkdown(answer: Answer, { links }: Pick<FormatOptions, "links"> = {}): string {
  const { style, verdict, citations, coverage } = answer;
  if (verdict !== "absent") {
    const unsure = verdict === "uncertain" ? [`**${uncertain(answer)}**`] : [];
    const parts = {
      quote: [list(citations, links)],
      short: short(answer, links),
      write: written(answer, links),
    }[style];
    return `${[...unsure, ...parts].join("\n\n")}\n`;
  }
  const nearest = citations.slice(0, 1);
  const passage = nearest.length === 0 ? [] : ["**Nearest passage**", list(nearest, links)];
  return `${[`**Not in ${searchedText(coverage)}.** ${workPart(coverage)}.`, ...passage].join("\n\n")}\n`;
}

function written(answer: Answer, links: Links | undefined): string[] {
  const { citations } = answer;
  const sources = citations.length === 0 ? [] : ["**Sources**", list(citations, links)];
  return [inert(printable(marked(answer)).trim()), ...sources];
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
  return citations
    .map((one) => `${one.id}. ${markdownPlace(one, links)}:\n   > ${literal(printableLine(one.quote))}`)
    .join("\n");
}

/** The answer may have markup of its own, but no picture and no HTML: rendering either can call home. */
export function inert(text: string): string {
  return text.replaceAll("![", "\\![").replaceAll(/<(?=[a-z/!?])/giu, "\\<");
}
