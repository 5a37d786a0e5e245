import type { XmlHandler } from "../zip/xml.ts";

/**
 * Collects word/footnotes.xml, endnotes.xml or comments.xml into `notes`, as "footnote 3" → "[footnote 3] its text".
 * Word's own separators have a type and are no notes.
 */
export function readNotes(kind: "footnote" | "endnote" | "comment", notes: Map<string, string>): XmlHandler {
  let id: string | undefined;
  let head = "";
  let parts: string[] = [];
  let isText = false;
  return {
    open: (name, attributes) => {
      isText = name === "w:t";
      if (name === "w:tab" || name === "w:br") parts.push(" ");
      if (name !== `w:${kind}`) return;
      const isNote = attributes["w:type"] === undefined || attributes["w:type"] === "normal";
      id = isNote ? (attributes["w:id"] ?? "") : undefined;
      const author = attributes["w:author"] ?? "";
      head = kind === "comment" ? `[comment${author === "" ? "" : ` by ${author}`}]` : `[${kind} ${id}]`;
      parts = [];
    },
    close: (name) => {
      isText = false;
      if (name === "w:p") parts.push(" ");
      if (name !== `w:${kind}` || id === undefined) return;
      notes.set(`${kind} ${id}`, `${head} ${parts.join("").replace(/\s+/g, " ").trim()}`);
      id = undefined;
    },
    text: (text) => {
      if (isText && id !== undefined) parts.push(text);
    },
  };
}
