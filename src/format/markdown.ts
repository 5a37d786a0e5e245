import type { Answer, Citation } from "../engine/results.ts";
import { literal } from "./markdown-table.ts";
import { place } from "./place.ts";
import { printable, printableLine } from "./printable.ts";
import { readPart } from "./receipt.ts";
import { marked } from "./unsupported.ts";

/** For notes and pull requests: the answer, then its sources as a numbered list with quotes. Never wrapped, never coloured. */
export function answerMarkdown(answer: Answer): string {
  const { style, verdict, citations, coverage } = answer;
  if (verdict === "answered" && style === "quote") return `${citations.map(source).join("\n")}\n`;
  if (verdict === "answered") {
    const sources = citations.length === 0 ? [] : ["**Sources**", citations.map(source).join("\n")];
    return `${[inert(printable(marked(answer)).trim()), ...sources].join("\n\n")}\n`;
  }
  const where = coverage.documents > 1 ? "documents" : "document";
  const nearest = citations.slice(0, 1);
  const passage = nearest.length === 0 ? [] : ["**Nearest passage**", nearest.map(source).join("\n")];
  return `${[`**Not in the ${where}.** What was read: ${readPart(coverage)}.`, ...passage].join("\n\n")}\n`;
}

function source(citation: Citation): string {
  return `${citation.id}. ${literal(place(citation))}:\n   > ${literal(printableLine(citation.quote))}`;
}

/** The answer may have markup of its own, but no picture and no HTML: rendering either can call home. */
export function inert(text: string): string {
  return text.replaceAll("![", "\\![").replaceAll(/<(?=[a-z/!?])/giu, "\\<");
}
