import type { XmlAttributes } from "../zip/namespaces.ts";
import { isOn } from "../zip/on-off.ts";
import type { BodyOptions } from "./body-options.ts";
import { createDeferred } from "./deferred.ts";
import type { NoteKind } from "./notes.ts";
import { createRuns } from "./runs.ts";
import { type ParagraphProperties, readParagraphProperty } from "./styles.ts";

type Paragraph = {
  style: string | undefined;
  own: ParagraphProperties;
  element: string | undefined;
  /** Whether its end was deleted, so that the next one goes on in it. */
  joinsNext: boolean;
};

export type Paragraphs = ReturnType<typeof createParagraphs>;

/**
 * Paragraphs and what hangs on them. A paragraph begins with its first text, for only then are its style and number
 * known; notes, comments and text boxes come after it, or after the table that it is in.
 */
export function createParagraphs({ sink, styles, numbering, notes, pages }: BodyOptions) {
  const open: Paragraph[] = [];
  const runs = createRuns(sink, styles);
  let properties = 0;
  /** The element that the next paragraph goes on in. */
  let joined: string | undefined;
  const deferred = createDeferred(sink, () => open.length > 0 || joined !== undefined);

  const begin = (paragraph: Paragraph, isEmpty = false): void => {
    if (paragraph.element !== undefined) return;
    const found = { ...styles.resolve(paragraph.style), ...paragraph.own };
    const mark = numbering.next(found, paragraph.style);
    if (isEmpty && (mark === "" || mark === "-")) return;
    paragraph.element = isEmpty ? elementFor({}, mark) : elementFor(found, mark);
    sink.open(paragraph.element, {});
    if (mark !== "") runs.plain(`${mark} `);
  };
  const text = (piece: string): void => {
    const paragraph = open.at(-1);
    if (piece.trim() !== "" && paragraph !== undefined) begin(paragraph);
    runs.text(piece, paragraph?.style);
  };
  const endJoined = (): void => {
    if (joined !== undefined) sink.close(joined);
    joined = undefined;
    deferred.flush();
  };
  const property = (name: string, value: string | undefined): void => {
    const paragraph = open.at(-1);
    if (properties === 0) runs.property(name, value);
    else if (name === "w:pageBreakBefore" && isOn(value)) pages.onBreak("explicit");
    else if (paragraph !== undefined && name === "w:pStyle") paragraph.style = value;
    else if (paragraph !== undefined) readParagraphProperty(paragraph.own, name, value ?? "");
  };
  return {
    runs,
    text,
    property,
    open: (): void => {
      open.push({ style: undefined, own: {}, element: joined, joinsNext: false });
      joined = undefined;
    },
    close: (): void => {
      const paragraph = open.pop();
      if (paragraph === undefined) return;
      if (paragraph.joinsNext) joined = paragraph.element;
      else {
        // Word prints the number of an empty one, too.
        begin(paragraph, true);
        if (paragraph.element !== undefined) sink.close(paragraph.element);
      }
      deferred.flush();
    },
    joinNext: () => Object.assign(open.at(-1) ?? {}, { joinsNext: true }),
    endJoined,
    enterProperties: () => {
      properties += 1;
    },
    leaveProperties: () => {
      properties = Math.max(0, properties - 1);
    },
    inProperties: () => properties > 0,
    note: (kind: NoteKind, attributes: XmlAttributes): void => {
      const reference = notes.refer(kind, attributes);
      const paragraph = open.at(-1);
      if (reference === undefined) return;
      if (reference.mark !== "" && paragraph !== undefined) begin(paragraph);
      runs.plain(reference.mark);
      deferred.add(reference.write);
    },
    defer: deferred.add,
    enterTable: deferred.enterTable,
    leaveTable: deferred.leaveTable,
  };
}

/** Headings by outline level; list items on lines of their own where their mark shows it, else as paragraphs. */
function elementFor({ outline = 9 }: ParagraphProperties, mark: string): string {
  if (outline >= 0 && outline < 9) return `h${Math.min(6, outline + 1)}`;
  return /^(?:-|\(?\d{1,3}[.)])$/.test(mark) ? "div" : "p";
}
