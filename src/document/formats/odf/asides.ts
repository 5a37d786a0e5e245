import { createDeferred } from "../docx/deferred.ts";
import { createRecording, type Recording, type Sink } from "../docx/sink.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";

export type Asides = ReturnType<typeof createAsides>;

/**
 * Footnotes, endnotes, comments and frames stand inside a paragraph; they are kept until that paragraph, or the table
 * that it is in, has ended.
 */
export function createAsides(target: Sink) {
  const open: { readonly recording: Recording; readonly isNote: boolean }[] = [];
  const deferred = createDeferred(target, () => open.length > 0);
  const marks = createNoteMarks();
  const current = (): Sink => open.at(-1)?.recording ?? target;
  // The paragraphs of a note are one.
  const flattens = (name: string): boolean => name === "p" && open.at(-1)?.isNote === true;
  const sink: Sink = {
    open: (name, attributes) => (flattens(name) ? current().text(" ") : current().open(name, attributes)),
    close: (name) => (flattens(name) ? current().text(" ") : current().close(name)),
    text: (text) => current().text(text),
  };
  const begin = (head: string): void => {
    const recording = createRecording();
    open.push({ recording, isNote: head !== "" });
    recording.open("p", {});
    recording.text(head);
  };
  const end = (): void => {
    const recording = open.pop()?.recording;
    if (recording === undefined) return;
    recording.close("p");
    deferred.add(recording.replay);
  };
  const openers: Readonly<Record<string, (attributes: XmlAttributes) => void>> = {
    "text:note": (attributes) => marks.begin(attributes["text:note-class"] ?? "footnote"),
    "text:note-citation": marks.openCitation,
    "text:note-body": () => begin(`${marks.mark()} `),
    "office:annotation": () => begin("[comment] "),
    "dc:creator": () => sink.text("by "),
    "draw:text-box": () => begin(""),
  };
  const closers: Readonly<Record<string, () => void>> = {
    "text:note-citation": () => {
      marks.closeCitation();
      sink.text(marks.mark());
    },
    "text:note-body": end,
    "office:annotation": end,
    "dc:creator": () => sink.text(": "),
    "draw:text-box": end,
  };
  return {
    sink,
    flush: deferred.flush,
    openers,
    closers,
    isOpen: (): boolean => open.length > 0,
    isInFlow: (): boolean => open.length === 0 && !deferred.isInTable(),
    /** Whether the text is a note's mark, and not written yet. */
    takesText: marks.takesText,
    enterTable: deferred.enterTable,
    leaveTable: deferred.leaveTable,
  };
}

/** Marks as the document shows them: "[footnote 2]", "[endnote i]"; of a kind that shows none, their number. */
function createNoteMarks() {
  const counts = new Map<string, number>();
  let kind = "";
  let citation = "";
  let isCitation = false;
  return {
    begin: (name: string): void => {
      kind = name;
      citation = "";
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    },
    openCitation: (): void => {
      isCitation = true;
    },
    closeCitation: (): void => {
      isCitation = false;
    },
    takesText: (text: string): boolean => {
      if (isCitation) citation += text;
      return isCitation;
    },
    mark: (): string => `[${kind} ${citation.trim() || counts.get(kind)}]`,
  };
}
