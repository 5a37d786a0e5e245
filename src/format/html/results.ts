import type { Answer, ModelInfo, Places } from "../../engine/results.ts";
import type { LastingSummary } from "../../engine/summary/summary.ts";
import type { FormatOptions } from "../format.ts";
import { LESS_SURE, placesCount } from "../places.ts";
import { percent } from "../quantity.ts";
import { workPart } from "../receipt.ts";
import { absentHeadline } from "../searched.ts";
import { citedOf, doubt, groupsOf, type PointGroup, pointPart, summaryTitle } from "../summary.ts";
import { uncertain } from "../text.ts";
import { marked } from "../unsupported.ts";
import { escaped, htmlPage, paragraphs } from "./page.ts";
import { sourceLinks, sourceSections } from "./sources.ts";

/** Question, answer, verdict, and each source with its page. */
export function answerHtml(answer: Answer, options: FormatOptions): string {
  const { question, verdict, citations, coverage } = answer;
  const shown = verdict === "absent" ? citations.slice(0, 1) : citations;
  const title = verdict === "absent" ? "Nearest passage" : "Sources";
  return htmlPage(question, [
    `<h1 dir="auto">${escaped(question)}</h1>`,
    `<p class="${verdict}">${verdictText(answer)}</p>`,
    ...saidIn(answer),
    ...(shown.length === 0 ? [] : [`<h2>${title}</h2>`]),
    ...sourceSections(shown, options),
    footer(`${workPart(coverage)}`, answer.models),
  ]);
}

function verdictText(answer: Answer): string {
  const { verdict, confidence, coverage } = answer;
  if (verdict === "uncertain") return uncertain(answer);
  return verdict === "absent"
    ? `${absentHeadline(coverage)} Confidence that it is there: ${percent(confidence)}.`
    : `Answered (confidence: ${percent(confidence)}).`;
}

/** Quotes need no answer beside their sources. */
function saidIn(answer: Answer): string[] {
  const { style, verdict, answers } = answer;
  if (style === "short" && verdict !== "absent") {
    return answers.map(({ text, confidence, citations }) => {
      const sure = answers.length > 1 ? ` <span class="dim">(${percent(confidence)})</span>` : "";
      return `<p class="answer" dir="auto"><strong>${escaped(text.trim())}</strong>${sure} ${sourceLinks(citations)}</p>`;
    });
  }
  return style === "write" && answer.answer !== ""
    ? [`<div class="answer">\n${paragraphs(marked(answer))}\n</div>`]
    : [];
}

/** Every place with its page. */
export function placesHtml(found: Places, options: FormatOptions): string {
  const { question, places, uncertain, coverage, models } = found;
  const sections = sourceSections([...places, ...uncertain], options);
  return htmlPage(question, [
    `<h1 dir="auto">${escaped(question)}</h1>`,
    `<p>${placesCount(found)}</p>`,
    ...sections.slice(0, places.length),
    ...(uncertain.length === 0 ? [] : [`<h2>${LESS_SURE}</h2>`]),
    ...sections.slice(places.length),
    footer(workPart(coverage), models),
  ]);
}

/** The points in order, and where each stands. */
export function summaryHtml(summary: LastingSummary, options: FormatOptions): string {
  const { points, focus, coverage, models } = summary;
  const title = summaryTitle(summary);
  const sources = citedOf(summary);
  return htmlPage(title, [
    `<h1 dir="auto">${escaped(title)}</h1>`,
    ...(focus === null ? [] : [`<p class="dim" dir="auto">Looked for: ${escaped(focus)}</p>`]),
    ...doubt(summary).map((line) => `<p class="${summary.verdict}" dir="auto">${escaped(line)}</p>`),
    ...(points.length === 0 ? ["<p>Nothing was found.</p>"] : groupsOf(summary).map(groupHtml(summary))),
    ...(sources.length === 0 ? [] : ["<h2>Sources</h2>"]),
    ...sourceSections(sources, options),
    footer(`${workPart(coverage)}; ${pointPart(summary)}`, models),
  ]);
}

/** A paragraph; or a list, below the section's title where it has one. */
function groupHtml({ layout }: LastingSummary): (group: PointGroup) => string {
  return ({ section, points }) => {
    const told = points.map(({ text, supported, citation }) => {
      const link = supported && citation !== null ? sourceLinks([citation.id]) : "[unsupported]";
      return `${escaped(text)} ${link}`;
    });
    if (layout === "paragraph") return `<p dir="auto">${told.join(" ")}</p>`;
    const head = section === "" ? "" : `<h2 dir="auto">${escaped(section)}</h2>\n`;
    return `${head}<ul>\n${told.map((one) => `<li dir="auto">${one}</li>\n`).join("")}</ul>`;
  };
}

function footer(work: string, models: Readonly<Record<string, ModelInfo>>): string {
  const named = Object.entries(models).map(([role, { name }]) => `${role}: ${name}`);
  return `<footer>Made by focus on this machine: ${escaped(work)}; ${escaped(named.join(", "))}.</footer>`;
}
