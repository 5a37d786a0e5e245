import { DROPPED, lineEndsAround, NEVER_FLAT } from "./elements.ts";
import { createTables } from "./tables.ts";
import { collapse, createTextWriter, type TextWriter } from "./text-writer.ts";

/** The attributes that mean something here. */
export type Attributes = { readonly alt?: string; readonly start?: string };

/** What a page's elements and text are handed to, in order. */
export type Walker = {
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
  /** The first one, and of the page, not of a picture in it. */
  readonly title: () => string | undefined;
  /** UTF-16 units of text so far. */
  readonly length: TextWriter["length"];
  readonly finish: TextWriter["finish"];
};

/** Turns elements into lines: blocks apart, headings as sections, list marks, table rows, `pre` as it is. */
export function createWalker(): Walker {
  const blocks = createBlocks();
  const { writer } = blocks;
  const title: string[] = [];
  const depth = { dropped: 0, pre: 0, svg: 0, title: 0 };
  let preJustOpened = false;
  let titleClosed = false;

  const countDepth = (name: string, step: 1 | -1): void => {
    const key = DROPPED.has(name) ? "dropped" : name;
    if (key === "dropped" || key === "pre" || key === "svg" || (key === "title" && depth.svg === 0)) {
      depth[key] = Math.max(0, depth[key] + step);
    }
  };
  return {
    open: (name, attributes) => {
      countDepth(name, 1);
      preJustOpened = name === "pre";
      if (depth.dropped === 0) blocks.open(name, attributes);
    },
    close: (name) => {
      if (depth.dropped === 0) blocks.close(name);
      countDepth(name, -1);
      if (depth.title === 0 && title.length > 0) titleClosed = true;
    },
    text: (text) => {
      if (depth.dropped > 0) return;
      if (depth.title > 0 && !titleClosed) title.push(text);
      // The standard drops a line end right after <pre>.
      else if (depth.pre > 0) writer.writePreformatted(preJustOpened ? text.replace(/^\n/, "") : text);
      else writer.writeInline(text);
      preJustOpened = false;
    },
    title: () => collapse(title.join("")).trim() || undefined,
    length: writer.length,
    finish: writer.finish,
  };
}

/** Breaks, marks and separators that elements stand for. */
function createBlocks() {
  const writer = createTextWriter();
  const tables = createTables(writer);
  const lists: { readonly ordered: boolean; next: number }[] = [];

  const breakAround = (name: string): void => {
    const lineEnds = lineEndsAround(name);
    if (lineEnds === 0) return;
    if (tables.flattensBreaks() && !NEVER_FLAT.has(name)) {
      writer.space();
      return;
    }
    const isNestedList = lists.length > 1 && isList(name);
    writer.breakLine(isNestedList ? 1 : lineEnds);
    if (name !== "tr") tables.noteBreak();
  };
  const markItem = (): void => {
    const list = lists.at(-1);
    const indent = "  ".repeat(Math.max(0, lists.length - 1));
    writer.markItem(indent + (list?.ordered === true ? `${list.next++}. ` : "- "));
  };
  return {
    writer,
    open: (name: string, { alt, start = "1" }: Attributes): void => {
      if (isList(name)) lists.push({ ordered: name === "ol", next: Number.parseInt(start, 10) || 1 });
      breakAround(name);
      tables.open(name);
      if (isHeading(name)) writer.startHeading(Number(name[1]));
      else if (name === "li") markItem();
      else if (name === "img" && alt !== undefined) writer.writeInline(alt);
    },
    close: (name: string): void => {
      if (isHeading(name)) writer.endHeading();
      tables.close(name);
      // The tag <br> has only one side.
      if (name !== "br") breakAround(name);
      if (isList(name)) lists.pop();
    },
  };
}

function isList(name: string): boolean {
  return name === "ul" || name === "ol";
}

function isHeading(name: string): boolean {
  return /^h[1-6]$/.test(name);
}
