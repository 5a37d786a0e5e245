import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { InputError } from "../errors.ts";
import { describeSystemError, inputErrorCode } from "../fs/read-error.ts";
import type { Document } from "./document.ts";
import { dropEncodedData } from "./encoded-data.ts";
import { type Format, READABLE } from "./format-name.ts";
import { sniff } from "./sniff.ts";

export type ParseOptions = {
  /** Opens encrypted PDF files; other formats have none. */
  readonly password?: string | undefined;
  /** Looked at once a page; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
};

type Parser = (bytes: Uint8Array, path: string, options: ParseOptions) => Promise<Document>;

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
  csv: async () => (await import("./formats/csv.ts")).parseCsv,
};

/**
 * Reads and parses one file; the format is decided from its content first, then from its name.
 * @throws InputError that names the file, what was found and what was expected.
 */
export async function parseFile(path: string, options: ParseOptions = {}): Promise<Document> {
  return parseBytes(await readBytes(path, options), path, options);
}

/** The same for bytes that are here already; standard input comes with the path "-". */
export async function parseBytes(
  bytes: Uint8Array,
  path: string,
  options: ParseOptions = {},
): Promise<Document> {
  const name = path === "-" ? "standard input" : path;
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
      const document = dropEncodedData(await parse(bytes, name, options));
      return name === path ? document : { ...document, path };
    }
  }
}

/** Where a file is read from, and what stops that. */
export type ReadBytesOptions = {
  /** What a relative path starts from; otherwise the process's folder. */
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
};

/** A file's bytes. Throws InputError. */
export async function readBytes(
  path: string,
  { cwd = ".", signal }: ReadBytesOptions = {},
): Promise<Uint8Array> {
  try {
    return await readFile(resolve(cwd, path), { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw new InputError(`${path}: ${describeSystemError(error)}`, {
      code: inputErrorCode(error),
      cause: error,
    });
  }
}
