import { Chalk } from "chalk";
import type { LastingSummary, PointCitation, SummaryPoint } from "../engine/summary/summary.ts";
import type { FormatOptions } from "./format.ts";
import { linkedPlace, markdownPlace } from "./links.ts";
import { escaped, inert } from "./markdown.ts";
import { literal } from "./markdown-table.ts";
import { quoted } from "./place.ts";
import { printable, printableLine } from "./printable.ts";
import { count, counted } from "./quantity.ts";
import { workPart } from "./receipt.ts";
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
  const blocks = sources.length === 0 ? [text] : [text, [chalk.bold("Sources"), ...sources].join("\n")];
  return `${blocks.join("\n\n")}\n`;
}

/** For files and notes: title, points, sources, and what was read. Never wrapped, never coloured. */
export function summaryMarkdown(
  summary: LastingSummary,
  { links }: Pick<FormatOptions, "links"> = {},
): string {
  const { documents, focus, pointStyle } = summary;
  const body = layOut(summary, {
    point: (point) => escaped(inert(printable(marked(point))), /(\\*)(\[)/gu),
    title: (text) => `**${literal(printableLine(text))}**\n`,
  });
  const sources = citedOf(summary).map((citation) => {
    const quote = pointStyle === "quote" ? "" : `:\n  > ${literal(printableLine(citation.quote))}`;
    return `- \\[${citation.id}\\] ${markdownPlace(citation, links)}${quote}`;
  });
  return `${[
    `# ${literal(printableLine(summaryTitle(summary)))}`,
    ...(focus === null ? [] : [`Looked for: ${literal(printableLine(focus))}`]),
    body.join("\n"),
    ...(sources.length === 0 ? [] : ["**Sources**", sources.join("\n")]),
    `*${literal(printableLine(documents.map(({ path }) => path).join(", ")))}: ${workPart(summary.coverage)}; ${pointPart(summary)}.*`,
  ].join("\n\n")}\n`;
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
function layOut({ points, layout }: LastingSummary, { point, title }: Renderer): string[] {
  if (points.length === 0) return [NOTHING];
  if (layout === "bullets") return points.map((one) => `- ${point(one)}`);
  const lines: string[] = [];
  let group: SummaryPoint[] = [];
  const flush = (): void => {
    if (group.length === 0) return;
    if (lines.length > 0) lines.push("");
    const section = group[0]?.section ?? "";
    if (layout === "outline") {
      if (section !== "") lines.push(title(section));
      lines.push(...group.map((one) => `- ${point(one)}`));
    } else lines.push(group.map(point).join(" "));
    group = [];
  };
  const least = layout === "outline" ? 1 : LEAST_OF_PARAGRAPH;
  for (const one of points) {
    if (group.length >= least && group.at(-1)?.section !== one.section) flush();
    group.push(one);
  }
  flush();
  return lines;
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
