import { Chalk } from "chalk";
import type { LastingSummary, PointCitation, SummaryPoint } from "../engine/summary/summary.ts";
import type { FormatOptions } from "./format.ts";
import { linkedPlace, markdownPlace } from "./links.ts";
import { backslashed, inert, quotedMarkdown } from "./markdown.ts";
import { literal } from "./markdown-table.ts";
import { quoted } from "./place.ts";
import { printable, printableLine } from "./printable.ts";
import { count, counted } from "./quantity.ts";
import { workPart } from "./receipt.ts";
import { absentHeadline, uncertainHeadline } from "./searched.ts";
import { wrap } from "./wrap.ts";

/** For people: the points, then where they stand. */
export function summaryText(summary: LastingSummary, { color, width, links }: FormatOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const body = layOut(summary, {
    point: (point) => printable(marked(point)),
    title: (title) => chalk.bold(printableLine(title)),
  });
  const text = body.map((line) => wrap(line, width, line.startsWith("- ") ? "  " : "")).join("\n");
  const sources = citedOf(summary).map((citation) => {
    const quote = summary.pointStyle === "quote" ? "" : `: ${quoted(citation)}`;
    return wrap(`${chalk.cyan(`[${citation.id}]`)} ${linkedPlace(citation, links)}${quote}`, width, "    ");
  });
  const unsure = doubt(summary).map((line) => chalk.yellow(wrap(printableLine(line), width)));
  const cited = sources.length === 0 ? [] : [[chalk.bold("Sources"), ...sources].join("\n")];
  const blocks = [...unsure, text, ...cited];
  return `${blocks.join("\n\n")}\n`;
}

/** For files and notes: title, points, sources, and what was read. Never wrapped, never coloured. */
export function summaryMarkdown(
  summary: LastingSummary,
  { links }: Pick<FormatOptions, "links"> = {},
): string {
  const { documents, focus, pointStyle } = summary;
  const body = layOut(summary, {
    point: (point) => pointMarkdown(point, pointStyle),
    title: (text) => `**${literal(printableLine(text))}**\n`,
  });
  const sources = citedOf(summary).map((citation) => {
    const quote = pointStyle === "quote" ? "" : `:\n  > ${quotedMarkdown(citation)}`;
    return `- \\[${citation.id}\\] ${markdownPlace(citation, links)}${quote}`;
  });
  return `${[
    `# ${literal(printableLine(summaryTitle(summary)))}`,
    ...(focus === null ? [] : [`Looked for: ${literal(printableLine(focus))}`]),
    ...doubt(summary).map((line) => `**${literal(printableLine(line))}**`),
    body.join("\n"),
    ...(sources.length === 0 ? [] : ["**Sources**", sources.join("\n")]),
    `*${literal(printableLine(documents.map(({ path }) => path).join(", ")))}: ${workPart(summary.coverage)}; ${pointPart(summary)}.*`,
  ].join("\n\n")}\n`;
}

/** A writer may have markup of its own, but no picture and no HTML; in the document's own sentences nothing is markup. */
function pointMarkdown(point: SummaryPoint, style: LastingSummary["pointStyle"]): string {
  const text = printable(marked(point));
  if (style === "write") return backslashed(inert(text), /\[/u);
  // What begins a list or underlines a heading, and what makes a number the number of an item.
  return literal(text).replace(/^(\s*)(?=[-+=])|^(\s*\d+)(?=[.)](?:\s|$))/u, "$1$2\\");
}

/** One line where the documents may not speak of what was looked for, or do not: the points are what is nearest to it then. */
export function doubt({ focus, verdict, confidence, coverage, points }: LastingSummary): string[] {
  if (focus === null || confidence === null || verdict === "answered") return [];
  if (verdict === "uncertain")
    return [uncertainHeadline(`speak of ${JSON.stringify(focus)}`, { confidence, coverage })];
  return [`${absentHeadline(coverage)}${points.length === 0 ? "" : " This is what is nearest to it."}`];
}

/** The document's title or path, or how many documents there are. */
export function summaryTitle({ documents }: Pick<LastingSummary, "documents">): string {
  const [first] = documents;
  return documents.length === 1 ? (first?.title ?? first?.path ?? "") : counted(documents.length, "document");
}

/** "18 points from 10 of 10 tenths, 2 unsupported": what the summary is made of. */
export function pointPart({ points, tenths, unsupported, ...dropped }: LastingSummary): string {
  const covered = tenths.filter((ofTenth) => ofTenth > 0).length;
  const parts = [
    `${counted(points.length, "point")} from ${covered} of ${tenths.length} tenths of the text`,
    `${count(unsupported)} unsupported`,
  ];
  if (dropped.droppedUnsupported > 0) parts.push(`${count(dropped.droppedUnsupported)} unsupported dropped`);
  if (dropped.droppedForLength > 0) parts.push(`${count(dropped.droppedForLength)} left out for length`);
  return parts.join(", ");
}

/** The points alone, in the chosen layout, without sources; what is unsupported is marked here too. */
export function summaryPlain(summary: LastingSummary): string {
  return layOut(summary, { point: unsupportedMarked, title: (title) => title }).join("\n");
}

const NOTHING = "Nothing was found.";
/** A paragraph goes on over the border of a section until it has so many points. */
const LEAST_OF_PARAGRAPH = 3;

type Renderer = {
  readonly point: (point: SummaryPoint) => string;
  readonly title: (title: string) => string;
};

/** Lines; an empty one stands between paragraphs and between sections. */
function layOut(summary: LastingSummary, { point, title }: Renderer): string[] {
  if (summary.points.length === 0) return [NOTHING];
  const groups = groupsOf(summary).map(({ section, points }) => {
    if (summary.layout === "paragraph") return [points.map(point).join(" ")];
    return [...(section === "" ? [] : [title(section)]), ...points.map((one) => `- ${point(one)}`)];
  });
  return groups.flatMap((lines, i) => (i === 0 ? lines : ["", ...lines]));
}

export type PointGroup = { readonly section: string; readonly points: readonly SummaryPoint[] };

/** Points that stand together: those of a section, with its title, in an outline; of a paragraph; or all. */
export function groupsOf({ points, layout }: Pick<LastingSummary, "points" | "layout">): PointGroup[] {
  if (layout === "bullets") return [{ section: "", points }];
  const least = layout === "outline" ? 1 : LEAST_OF_PARAGRAPH;
  const groups: SummaryPoint[][] = [];
  for (const one of points) {
    const last = groups.at(-1);
    const goesOn = last !== undefined && (last.length < least || last.at(-1)?.section === one.section);
    if (goesOn) last.push(one);
    else groups.push([one]);
  }
  return groups.map((own) => ({ section: layout === "outline" ? (own[0]?.section ?? "") : "", points: own }));
}

function marked(point: SummaryPoint): string {
  const { supported, citation } = point;
  return supported && citation !== null ? `${point.text} [${citation.id}]` : unsupportedMarked(point);
}

function unsupportedMarked({ text, supported }: SummaryPoint): string {
  return supported ? text : `${text} [unsupported]`;
}

/** Of supported points: what is marked as unsupported has a nearest passage in JSON alone. */
export function citedOf({ points }: LastingSummary): PointCitation[] {
  return points.flatMap(({ supported, citation }) => (supported && citation !== null ? [citation] : []));
}
