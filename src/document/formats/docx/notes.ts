import type { XmlAttributes } from "../zip/namespaces.ts";
import { isOn } from "../zip/on-off.ts";
import type { XmlHandler } from "../zip/xml.ts";
import { createRecording, type Recording, type Sink, writeAsParagraph } from "./sink.ts";

export type NoteKind = "footnote" | "endnote" | "comment";

/** A note as it is referred to: the mark in the text, none for comments, and the paragraph that says it. */
export type Reference = { readonly mark: string; readonly write: (sink: Sink) => void };

/** Footnotes, endnotes and comments, which stand in parts of their own. */
export type Notes = {
  /** Counts the notes of each kind as Word does, and says each once; undefined for one that the file lacks. */
  readonly refer: (kind: NoteKind, attributes: XmlAttributes) => Reference | undefined;
  /**
   * Collects word/footnotes.xml, endnotes.xml or comments.xml; `startBody` reads what stands in a note. Word's own
   * separators have a type and are no notes.
   */
  readonly collect: (kind: NoteKind, startBody: (sink: Sink) => XmlHandler) => XmlHandler;
};

type Note = { readonly author: string; readonly recording: Recording; head?: string };

export function createNotes(): Notes {
  const found = new Map<string, Note>();
  const counts = new Map<NoteKind, number>();
  /** A mark of the author's own follows as text, here and in the note, and is not counted. */
  const headOf = (kind: NoteKind, attributes: XmlAttributes, author: string): string => {
    if (kind === "comment") return author === "" ? "[comment]" : `[comment by ${author}]`;
    if (isOn(attributes["w:customMarkFollows"] ?? "0")) return `[${kind}]`;
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    return `[${kind} ${number}]`;
  };
  return {
    refer: (kind, attributes) => {
      const note = found.get(`${kind} ${attributes["w:id"]}`);
      const isFirst = note?.head === undefined;
      const head = note?.head ?? headOf(kind, attributes, note?.author ?? "");
      if (note === undefined) return undefined;
      note.head = head;
      return {
        mark: kind === "comment" ? "" : head,
        write: (sink) => {
          if (isFirst) writeAsParagraph(sink, head, note.recording);
        },
      };
    },
    collect: (kind, startBody) => {
      let body: XmlHandler | undefined;
      return {
        open: (name, attributes) => {
          if (name !== `w:${kind}`) return body?.open?.(name, attributes);
          if ((attributes["w:type"] ?? "normal") !== "normal") return;
          const recording = createRecording();
          body = startBody(recording);
          found.set(`${kind} ${attributes["w:id"]}`, { author: attributes["w:author"] ?? "", recording });
        },
        close: (name) => {
          if (name === `w:${kind}`) body = undefined;
          else body?.close?.(name);
        },
        text: (text) => body?.text?.(text),
      };
    },
  };
}
