import type { Page, ParsedDocument } from "../document.ts";
import { isAsked } from "../page-selection.ts";
import { describeRecognised } from "../recognition.ts";
import { asideLines, describeAside } from "./pdf/aside.ts";
import { cleanLine } from "./pdf/clean.ts";
import { type PdfOptions, readContents } from "./pdf/contents.ts";
import { placeHeadings } from "./pdf/headings.ts";
import { joinHyphens } from "./pdf/hyphens.ts";
import { dropLineNumbers } from "./pdf/line-numbers.ts";
import { layNotes } from "./pdf/page-notes.ts";
import type { RawPage } from "./pdf/page-text.ts";
import type { RawLine } from "./pdf/raw-line.ts";
import { findRunningLines, type RunningLines } from "./pdf/running-lines.ts";
import { describeUnread, noTextError } from "./pdf/unread.ts";
import { describeUnknownSymbols } from "./symbol-fonts.ts";

/**
 * A PDF's text in reading order, page by page, without running headers and footers, line numbers and line-end hyphens;
 * below each page what its readers noted, and what is not seen on it, marked. What was left out and which pages have no
 * text is said in the warnings. About 1 s of CPU for 100 pages.
 * @throws InputError when it is damaged, encrypted, or has neither text nor attachments.
 */
export async function parsePdf(
  bytes: Uint8Array,
  path: string,
  options: PdfOptions = {},
): Promise<ParsedDocument> {
  const { title, outline, pages: readPages, beside, attachments } = await readContents(bytes, path, options);
  const { pages: rawPages, warnings: numbered } = dropLineNumbers(readPages);
  const titles = [...(title === undefined ? [] : [title]), ...outline.map((entry) => entry.title)];
  const running = findRunningLines(rawPages, titles);
  const laid = rawPages.map((page) => linesOf(page, running));
  const bodies = joinHyphens(laid.map((lines, i) => pageText(lines, laid[i + 1])));
  const isRecognised = options.recogniser !== undefined;
  const texts = bodies.map((body, i) => body + markedText(rawPages[i]));
  const pages = layPages({ texts, bodies, rawPages });
  const text = texts.join("");
  // A cover without text may hold what has some; comments and what is not seen are text, too.
  if (attachments.length === 0 && text === "") throw noTextError({ path, pages, rawPages, isRecognised });
  const asked = pages.filter(({ number }) => isAsked(number, options.pages));
  const removed = running.warning === undefined ? [] : [running.warning];
  return {
    path,
    format: "pdf",
    title,
    text,
    pages,
    sections: placeHeadings(outline, text, pages),
    warnings: [
      ...describeUnread({ pages: asked, rawPages, isRecognised }),
      ...describeRecognised(asked),
      ...describeUnknownSymbols(asked.map(({ start, end }) => text.slice(start, end)).join("")),
      ...beside,
      ...removed,
      ...numbered,
      ...describeAside(rawPages.filter((_, i) => isAsked(i + 1, options.pages))),
    ],
    attachments,
  };
}

type Lines = { readonly body: string; readonly notes: string };

function linesOf(page: RawPage, running: RunningLines): Lines {
  const lines = page.lines.filter((line) => !running.lines.has(line));
  const textOf = (some: readonly RawLine[]): string => some.map(({ text }) => cleanLine(text)).join("\n");
  return {
    body: textOf(lines.filter(({ isNote }) => isNote !== true)),
    notes: textOf(lines.filter(({ isNote }) => isNote === true)),
  };
}

function pageText({ body, notes }: Lines, next: Lines | undefined): string {
  const text = layNotes(body, notes, next?.body ?? "");
  return /\S/.test(text) ? `${text}\n` : "";
}

function markedText(page: RawPage | undefined): string {
  const lines = page === undefined ? [] : asideLines(page);
  return lines.map((line) => `${cleanLine(line)}\n`).join("");
}

type Laid = {
  readonly texts: readonly string[];
  /** Without what is marked below them. */
  readonly bodies: readonly string[];
  readonly rawPages: readonly RawPage[];
};

/** Pages tile the text; a page without text has an empty span. */
function layPages({ texts, bodies, rawPages }: Laid): Page[] {
  let end = 0;
  // Where pages are damaged, an empty one may have lost what was on it.
  const isWhole = rawPages.every(({ content }) => content !== "unreadable");
  return rawPages.map(({ label, lines, content, confidence, isScan }, index) => {
    const start = end;
    end += texts[index]?.length ?? 0;
    const characters = (bodies[index] ?? "").replace(/\s+/g, "").length;
    const sure = confidence === undefined ? {} : { confidence };
    const picture = isScan === true ? { picture: true } : {};
    const page = { number: index + 1, label, start, end, characters, ...picture, ...sure };
    // Nothing but a running header, and no picture: a page left blank.
    const hasNothing = content === "nothing" || (content === "text" && lines.length > 0);
    return isWhole && hasNothing && characters === 0 ? { ...page, blank: true } : page;
  });
}
