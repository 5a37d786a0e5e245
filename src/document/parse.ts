import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { InputError } from "../errors.ts";
import { describeSystemError, inputErrorCode } from "../fs/read-error.ts";
import { addressHint } from "./address.ts";
import { type Attachment, describeAttachments } from "./attachments.ts";
import { displayPath } from "./display-path.ts";
import type { Document, ParsedDocument } from "./document.ts";
import { dropEncodedData } from "./encoded-data.ts";
import { type Format, READABLE } from "./format-name.ts";
import { unpackGzip } from "./gzip.ts";
import { type PageRange, selectPages } from "./page-selection.ts";
import type { Recogniser } from "./recognition.ts";
import { sniff } from "./sniff.ts";

export type ParseOptions = {
  /** Opens encrypted PDF files; other formats have none. */
  readonly password?: string | undefined;
  /** Looked at once a page; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Reads pictures of text; without one they have none. */
  readonly recogniser?: Recogniser | undefined;
  /** Only these pages; all of them when absent. */
  readonly pages?: readonly PageRange[] | undefined;
};

type Parser = (bytes: Uint8Array, path: string, options: ParseOptions) => Promise<ParsedDocument>;

/** Each parser brings its own libraries, so it is loaded when a document wants it. */
const PARSERS: Readonly<Record<Format, () => Promise<Parser>>> = {
  pdf: async () => (await import("./formats/pdf.ts")).parsePdf,
  html: async () => (await import("./formats/html.ts")).parseHtml,
  markdown: async () => (await import("./formats/markdown.ts")).parseMarkdown,
  text: async () => (await import("./formats/text.ts")).parseText,
  docx: async () => (await import("./formats/docx.ts")).parseDocx,
  xlsx: async () => (await import("./formats/xlsx.ts")).parseXlsx,
  pptx: async () => (await import("./formats/pptx.ts")).parsePptx,
  odt: async () => (await import("./formats/odf.ts")).parseOdt,
  ods: async () => (await import("./formats/odf.ts")).parseOds,
  odp: async () => (await import("./formats/odf.ts")).parseOdp,
  epub: async () => (await import("./formats/epub.ts")).parseEpub,
  rtf: async () => (await import("./formats/rtf.ts")).parseRtf,
  eml: async () => (await import("./formats/mail.ts")).parseMail,
  mbox: async () => (await import("./formats/mail.ts")).parseMbox,
  subtitles: async () => (await import("./formats/subtitles.ts")).parseSubtitles,
  ipynb: async () => (await import("./formats/notebook.ts")).parseNotebook,
  json: async () => (await import("./formats/json.ts")).parseJson,
  jsonl: async () => (await import("./formats/json.ts")).parseJsonl,
  image: async () => (await import("./formats/image.ts")).parseImage,
  csv: async () => (await import("./formats/csv.ts")).parseCsv,
};

/**
 * Reads and parses one file; the format is decided from its content first, then from its name.
 * @throws InputError that names the file, what was found and what was expected.
 */
export async function parseFile(path: string, options: ParseOptions = {}): Promise<Document> {
  return parseUnpacked(await readBytes(path, options), path, options);
}

/**
 * The same for bytes that are here already, those in it where they are a gzip file; standard input comes with the path "-".
 * Attachments are named in a warning.
 */
export async function parseBytes(
  bytes: Uint8Array,
  path: string,
  options: ParseOptions = {},
): Promise<Document> {
  return parseUnpacked(unpackGzip(bytes, displayPath(path)), path, options);
}

async function parseUnpacked(bytes: Uint8Array, path: string, options: ParseOptions): Promise<Document> {
  const { document } = await parseWithAttachments(bytes, path, options);
  return nameAttachments(document);
}

/** A document that says of its attachments that they were not read. */
function nameAttachments(document: Document): Document {
  const unread = describeAttachments(document.attached);
  return unread.length === 0 ? document : { ...document, warnings: [...document.warnings, ...unread] };
}

/** The same with the files inside it that belong to its pages, about which nothing is said yet. */
export async function parseWithAttachments(
  bytes: Uint8Array,
  path: string,
  options: ParseOptions,
): Promise<{ readonly document: Document; readonly attachments: readonly Attachment[] }> {
  const name = displayPath(path);
  const sniffed = sniff(bytes, path);
  switch (sniffed.kind) {
    case "empty":
      throw new InputError(`${name}: is empty`, { code: "input.empty" });
    case "binary":
      throw new InputError(`${name}: ${sniffed.reason}`, {
        code: "input.unsupported",
        hint: READABLE,
      });
    case "unsupported":
      throw new InputError(`${name}: ${sniffed.reason}`, {
        code: "input.unsupported",
        ...(sniffed.hint === undefined ? {} : { hint: sniffed.hint }),
      });
    case "readable": {
      const parse = await PARSERS[sniffed.format]();
      const { attachments = [], ...parsed } = await parse(bytes, name, options);
      const whole = dropEncodedData(parsed);
      const document = options.pages === undefined ? whole : selectPages(whole, options.pages);
      const numbers = new Set(document.pages.map(({ number }) => number));
      const chosen = attachments.filter(({ page }) => page === undefined || numbers.has(page));
      const attached = chosen.map(({ bytes: _, ...file }) => file);
      return {
        document: { ...document, path, ...(attached.length === 0 ? {} : { attached }) },
        attachments: chosen,
      };
    }
  }
}

/** Where a file is read from, and what stops that. */
export type ReadBytesOptions = {
  /** What a relative path starts from; otherwise the process's folder. */
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
};

/** A file's bytes, those in it where it is a gzip file. Throws InputError. */
export async function readBytes(
  path: string,
  { cwd = ".", signal }: ReadBytesOptions = {},
): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolve(cwd, path), { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw new InputError(`${path}: ${describeSystemError(error)}`, {
      code: inputErrorCode(error),
      cause: error,
      ...addressHint(path),
    });
  }
  return unpackGzip(bytes, path);
}
