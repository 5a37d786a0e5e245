import type { Document, Section } from "../document.ts";
import { decodeReadable } from "./text.ts";

/** Markdown as it is; its headings are the sections, the first of level 1 is the title. */
export async function parseMarkdown(bytes: Uint8Array, path: string): Promise<Document> {
  const { text, warnings } = await decodeReadable(bytes, path);
  const sections = findHeadings(text);
  const title = sections.find(({ level }) => level === 1)?.title;
  return { path, format: "markdown", title, text, pages: [], sections, warnings };
}

const ATX = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/;
const SETEXT = /^ {0,3}(=+|-+)[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
/** The marks of list items before a fence on the same line: "- ```sh". */
const ITEM_MARKS = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4}){1,9}(?=```|~~~)/;
/** A tab reaches to the next multiple of it. */
const TAB_STOP = 4;
/** Quotes, list items, tables and indented code: an underline below these is a rule, not a heading. */
const NOT_PARAGRAPH = /^(?: {0,3}(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|\|)| {4}|\t)/;

type Fence = {
  /** The characters that close it. */
  readonly marks: string;
  /** Where the text of its list item begins in a line: one that begins before ends the item. 0 outside of lists. */
  readonly indent: number;
};

/** What the line before means for the next one. */
type State = {
  /** The open code fence. */
  fence: Fence | undefined;
  /** The paragraph that an underline would turn into a heading. */
  paragraph: { readonly start: number; readonly lines: string[] } | undefined;
};

/** ATX and setext headings (CommonMark 0.31, sections 4.2 and 4.3) outside code fences and front matter. */
export function findHeadings(text: string): Section[] {
  const sections: Section[] = [];
  const state: State = { fence: undefined, paragraph: undefined };
  let start = frontMatterEnd(text);
  while (start < text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end).replace(/\r$/, "");
    const isClosing = state.fence !== undefined && closesFence(state.fence, line);
    if (isClosing || (state.fence !== undefined && endsItem(state.fence, line))) state.fence = undefined;
    const section = isClosing || state.fence !== undefined ? undefined : readLine(state, line, start);
    if (section !== undefined) sections.push(section);
    start = end + 1;
  }
  return sections;
}

/** A line outside fences: the section that it makes, if it makes one. */
function readLine(state: State, line: string, start: number): Section | undefined {
  const paragraph = state.paragraph;
  state.paragraph = undefined;
  const [, marks, heading = ""] = ATX.exec(line) ?? [];
  if (marks !== undefined) {
    const title = heading.replace(/(?:^|[ \t])#+[ \t]*$/, "").trim();
    return title === "" ? undefined : { title, level: marks.length, start };
  }
  const [, underline] = SETEXT.exec(line) ?? [];
  if (underline !== undefined && paragraph !== undefined) {
    const title = paragraph.lines.map((part) => part.trim()).join(" ");
    return { title, level: underline.startsWith("=") ? 1 : 2, start: paragraph.start };
  }
  state.fence = openedFence(line);
  if (state.fence === undefined) state.paragraph = continueParagraph(paragraph, line, start);
  return undefined;
}

function continueParagraph(paragraph: State["paragraph"], line: string, start: number): State["paragraph"] {
  if (line.trim() === "") return undefined;
  if (paragraph === undefined) return NOT_PARAGRAPH.test(line) ? undefined : { start, lines: [line] };
  paragraph.lines.push(line);
  return paragraph;
}

function openedFence(line: string): Fence | undefined {
  const items = ITEM_MARKS.exec(line)?.[0] ?? "";
  const [, marks, info = ""] = FENCE.exec(line.slice(items.length)) ?? [];
  // Backticks further on make it code within a line.
  if (marks === undefined || (marks.startsWith("`") && info.includes("`"))) return undefined;
  return { marks, indent: widthOf(items) };
}

function closesFence({ marks: opened, indent }: Fence, line: string): boolean {
  const [, marks, rest = ""] = FENCE.exec(line.slice(Math.min(indent, spaceBefore(line).length))) ?? [];
  return marks?.startsWith(opened) === true && rest.trim() === "";
}

function endsItem({ indent }: Fence, line: string): boolean {
  return line.trim() !== "" && widthOf(spaceBefore(line)) < indent;
}

function spaceBefore(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** In columns. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += character === "\t" ? TAB_STOP - (width % TAB_STOP) : 1;
  return width;
}

/** The end of a YAML block at the very start, whose last line would pass for an underline. */
function frontMatterEnd(text: string): number {
  return /^---[ \t]*\r?\n[\s\S]*?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text)?.[0].length ?? 0;
}
