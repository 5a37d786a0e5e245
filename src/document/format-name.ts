/** Formats that have a parser; see parse.ts. */
export type Format =
  | "pdf"
  | "html"
  | "markdown"
  | "text"
  | "docx"
  | "xlsx"
  | "pptx"
  | "odt"
  | "ods"
  | "odp"
  | "epub"
  | "rtf"
  | "eml"
  | "mbox"
  | "subtitles"
  | "ipynb"
  | "json"
  | "jsonl"
  | "csv"
  | "image";

/** Completes "give …" where a file is none of them. */
export const READABLE =
  "give a PDF, Word, Excel, PowerPoint, OpenDocument, EPUB, RTF, HTML, Markdown, e-mail, subtitle, CSV, JSON or text file, or a picture of text";
