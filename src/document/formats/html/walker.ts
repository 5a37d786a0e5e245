import { type Asides, createAsides, type SeenAttributes } from "./asides.ts";
import { type ControlAttributes, createControls } from "./controls.ts";
import { DROPPED, lineEndsAround, NEVER_FLAT } from "./elements.ts";
import { createLists, isList, type ListAttributes } from "./lists.ts";
import { createScripts } from "./scripts.ts";
import { createTables, type Spans } from "./tables.ts";
import { collapse, createTextWriter, type TextWriter } from "./text-writer.ts";

const NOTE_MARK = /^\[?\d{1,3}\]?$/;

/** The attributes that mean something here. */
export type Attributes = SeenAttributes &
  ControlAttributes &
  ListAttributes &
  Spans & { readonly alt?: string };

/** What DocBook and others write where the author gave no alternative text. */
const NO_ALT = /^\s*\((?:missing|no) alt\)\s*$/i;

/** What a page's elements and text are handed to, in order. */
export type Walker = {
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
  /** The first one, and of the page, not of a picture in it. */
  readonly title: () => string | undefined;
  /** UTF-16 units of text so far. */
  readonly length: TextWriter["length"];
  readonly finish: () => ReturnType<TextWriter["finish"]> & Pick<ReturnType<Asides["finish"]>, "warnings">;
};

/** Turns elements into lines: blocks apart, headings as sections, list marks, table rows, `pre` as it is. */
export function createWalker(): Walker {
  const blocks = createBlocks();
  const { writer } = blocks;
  const asides = createAsides();
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
      if (depth.dropped === 0 && !asides.open(name, attributes)) blocks.open(name, attributes);
    },
    close: (name) => {
      if (depth.dropped === 0 && !asides.close(name)) blocks.close(name);
      countDepth(name, -1);
      if (depth.title === 0 && title.length > 0) titleClosed = true;
    },
    text: (text) => {
      if (depth.dropped > 0) return;
      if (depth.title > 0 && !titleClosed) title.push(text);
      else if (!asides.text(text)) {
        // The standard drops a line end right after <pre>.
        blocks.text(preJustOpened ? text.replace(/^\n/, "") : text, depth.pre > 0);
      }
      preJustOpened = false;
    },
    title: () => collapse(title.join("")).trim() || undefined,
    length: writer.length,
    finish: () => {
      const { lines, warnings } = asides.finish();
      writer.breakLine(2);
      for (const line of lines) {
        writer.writeInline(line);
        writer.breakLine(1);
      }
      return { ...writer.finish(), warnings };
    },
  };
}

/** Breaks, marks and separators that elements stand for. */
function createBlocks() {
  const writer = createTextWriter();
  const tables = createTables(writer);
  const scripts = createScripts(writer);
  const controls = createControls(writer);
  const lists = createLists(writer);

  let termStart = Number.POSITIVE_INFINITY;

  const breakAround = (name: string): void => {
    const lineEnds = lineEndsAround(name);
    if (lineEnds === 0) return;
    if (tables.flattensBreaks() && !NEVER_FLAT.has(name)) {
      writer.space();
      return;
    }
    const isNestedList = lists.depth() > 1 && isList(name);
    writer.breakLine(isNestedList ? 1 : lineEnds);
    if (name !== "tr") tables.noteBreak();
  };
  return {
    writer,
    text: (text: string, isPreformatted: boolean): void => {
      if (controls.text(text) || scripts.text(text)) return;
      if (isPreformatted) writer.writePreformatted(text);
      else writer.writeInline(text);
    },
    open: (name: string, attributes: Attributes): void => {
      const { alt } = attributes;
      if (isList(name)) lists.open(name, attributes);
      breakAround(name);
      if (name === "dt") termStart = writer.length();
      tables.open(name, attributes);
      scripts.open(name);
      controls.open(name, attributes);
      if (isHeading(name)) writer.startHeading(Number(name[1]));
      else if (name === "li") lists.open(name, attributes);
      else if (name === "img" && alt !== undefined && !NO_ALT.test(alt)) writer.writeInline(alt);
      // Readings of ruby text, after their word.
      else if (name === "rt") writer.writeInline("(");
    },
    close: (name: string): void => {
      if (isHeading(name)) writer.endHeading();
      if (name === "rt") writer.writeInline(")");
      scripts.close(name);
      controls.close(name);
      tables.close(name);
      // The tag <br> has only one side.
      if (name !== "br") breakAround(name);
      if (name === "dt") {
        // A term that is a number is the mark of a note, and stands on the line of its text.
        if (NOTE_MARK.test(writer.textSince(termStart).trim())) writer.joinNext();
        termStart = Number.POSITIVE_INFINITY;
      }
      lists.close(name);
    },
  };
}

function isHeading(name: string): boolean {
  return /^h[1-6]$/.test(name);
}
