import { createRecording, type Sink } from "../docx/sink.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";

type Recording = ReturnType<typeof createRecording>;

export type Asides = ReturnType<typeof createAsides>;

/**
 * Footnotes, endnotes, comments and frames stand inside a paragraph; they are kept until that paragraph, or the table
 * that it is in, has ended.
 */
export function createAsides(target: Sink) {
  const open: { readonly recording: Recording; readonly isNote: boolean }[] = [];
  const done: Recording[] = [];
  let tables = 0;
  let notes = 0;
  let mark = "";
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
    done.push(recording);
  };
  const openers: Readonly<Record<string, (attributes: XmlAttributes) => void>> = {
    "text:note": (attributes) => {
      notes += 1;
      mark = `[${attributes["text:note-class"] ?? "footnote"} ${notes}]`;
      sink.text(mark);
    },
    "text:note-body": () => begin(`${mark} `),
    "office:annotation": () => begin("[comment] "),
    "dc:creator": () => sink.text("by "),
    "draw:text-box": () => begin(""),
  };
  const closers: Readonly<Record<string, () => void>> = {
    "text:note-body": end,
    "office:annotation": end,
    "dc:creator": () => sink.text(": "),
    "draw:text-box": end,
  };
  const flush = (): void => {
    if (tables > 0 || open.length > 0) return;
    for (const recording of done.splice(0)) recording.replay(target);
  };
  return {
    sink,
    flush,
    openers,
    closers,
    enterTable: (): void => {
      tables += 1;
    },
    leaveTable: (): void => {
      tables = Math.max(0, tables - 1);
      flush();
    },
  };
}
