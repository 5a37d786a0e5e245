import type { AttachedFile, Attachment } from "./attachments.ts";

/** A page of a paged format. Offsets are UTF-16 code units into {@link Document.text}. */
export type Page = {
  /** Counted from 1 in file order. */
  readonly number: number;
  /** As printed on the page ("xii", "A-3"); undefined when the file does not say. */
  readonly label: string | undefined;
  readonly start: number;
  /** Exclusive; the next page starts here, so that pages tile the text. */
  readonly end: number;
  /** Characters that are not white space; 0 = nothing a model could read (a scan, a picture, a blank). */
  readonly characters: number;
  /** True when nothing at all is drawn on the page, so that nothing can have been missed; absent otherwise. */
  readonly blank?: boolean;
  /** True when it is a picture with no more than a stamp or a header as text, so that most was missed; absent otherwise. */
  readonly picture?: boolean;
  /** In per cent, of text that was recognised in a picture; absent where the file itself says its letters. */
  readonly confidence?: number;
};

/** A heading or outline entry and where its text begins (UTF-16 offset). */
export type Section = {
  readonly title: string;
  /** 1 = outermost. */
  readonly level: number;
  readonly start: number;
};

/** What every parser returns, whatever the format. */
export type Document = {
  /** Path as the user gave it (or found below a folder they gave); "-" for standard input. */
  readonly path: string;
  /** "pdf", "text", "markdown", "html", … */
  readonly format: string;
  readonly title: string | undefined;
  /** The text exactly as the model will see it. */
  readonly text: string;
  /** Empty where the format has no pages. */
  readonly pages: readonly Page[];
  /** How many pages of the file are not among `pages`, since others were asked for; absent where all are. */
  readonly leftOutPages?: number;
  readonly sections: readonly Section[];
  /** One sentence each: what was guessed, removed or could not be read. Never dropped on the way to the user. */
  readonly warnings: readonly string[];
  /** Files that belong to it and are no part of its text; absent where there are none. */
  readonly attached?: readonly AttachedFile[];
};

/** A document before the files inside it have been looked at. */
export type ParsedDocument = Document & { readonly attachments?: readonly Attachment[] };

/** A span of one document of a list; offsets into its text. */
export type DocumentSpan = { readonly document: number; readonly start: number; readonly end: number };

/** The text of a span; empty for a span that is not there. */
export function textOf(documents: readonly Pick<Document, "text">[], span: DocumentSpan | undefined): string {
  return span === undefined ? "" : (documents[span.document]?.text.slice(span.start, span.end) ?? "");
}
