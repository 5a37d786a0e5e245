import type { BodyOptions } from "./body-options.ts";
import { createRuns } from "./runs.ts";
import type { Sink } from "./sink.ts";
import { type ParagraphProperties, readParagraphProperty } from "./styles.ts";

type Paragraph = { style: string | undefined; own: ParagraphProperties; element: string | undefined };
type Recording = Sink & { readonly replay?: (sink: Sink) => void };

export type Paragraphs = ReturnType<typeof createParagraphs>;

/**
 * Paragraphs and what hangs on them. A paragraph begins with its first text, for only then are its style and number
 * known; notes, comments and text boxes come after it, or after the table that it is in.
 */
export function createParagraphs({ sink, styles, numbering, notes, onPageBreak }: BodyOptions) {
  const open: Paragraph[] = [];
  const deferred: ((sink: Sink) => void)[] = [];
  const runs = createRuns(sink);
  const depth = { tables: 0, properties: 0 };

  const begin = (): void => {
    const paragraph = open.at(-1);
    if (paragraph === undefined || paragraph.element !== undefined) return;
    const properties = { ...styles.resolve(paragraph.style), ...paragraph.own };
    const mark = numbering.next(properties, paragraph.style);
    paragraph.element = elementFor(properties, mark);
    sink.open(paragraph.element, {});
    if (mark !== "") runs.plain(`${mark} `);
  };
  const text = (piece: string): void => {
    if (piece.trim() !== "") begin();
    runs.text(piece);
  };
  const flush = (): void => {
    if (open.length > 0 || depth.tables > 0) return;
    for (const step of deferred.splice(0)) step(sink);
  };
  const property = (name: string, value: string | undefined): void => {
    const paragraph = open.at(-1);
    if (depth.properties === 0) runs.property(name, value);
    else if (name === "w:pageBreakBefore" && value !== "0" && value !== "false") onPageBreak("explicit");
    else if (paragraph !== undefined && name === "w:pStyle") paragraph.style = value;
    else if (paragraph !== undefined) readParagraphProperty(paragraph.own, name, value ?? "");
  };
  return {
    runs,
    text,
    property,
    open: () => void open.push({ style: undefined, own: {}, element: undefined }),
    close: () => {
      const element = open.pop()?.element;
      if (element !== undefined) sink.close(element);
      flush();
    },
    enterProperties: () => {
      depth.properties += 1;
    },
    leaveProperties: () => {
      depth.properties = Math.max(0, depth.properties - 1);
    },
    inProperties: () => depth.properties > 0,
    lineBreak: () => sink.open("br", {}),
    note: (kind: string, id: string) => {
      const note = notes.get(`${kind} ${id}`);
      if (note === undefined) return;
      if (kind !== "comment") text(`[${kind} ${id}]`);
      deferred.push((to) => writeParagraph(to, note));
    },
    defer: (recording: Recording | undefined) => void deferred.push((to) => recording?.replay?.(to)),
    enterTable: () => {
      depth.tables += 1;
    },
    leaveTable: () => {
      depth.tables = Math.max(0, depth.tables - 1);
      flush();
    },
  };
}

export function writeParagraph(sink: Sink, text: string): void {
  sink.open("p", {});
  sink.text(text);
  sink.close("p");
}

/** Headings by outline level; list items on lines of their own where their mark shows it, else as paragraphs. */
function elementFor({ outline = 9 }: ParagraphProperties, mark: string): string {
  if (outline >= 0 && outline < 9) return `h${Math.min(6, outline + 1)}`;
  return /^(?:-|\(?\d{1,3}[.)])$/.test(mark) ? "div" : "p";
}
