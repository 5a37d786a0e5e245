import { readFile } from "node:fs/promises";

import { InputError } from "../errors.ts";
import { describeSystemError, inputErrorCode } from "../fs/read-error.ts";
import type { Document } from "./document.ts";
import { type Format, sniff } from "./sniff.ts";

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
};

/**
 * Reads and parses one file; the format is decided from its content first, then from its name.
 * @throws InputError that names the file, what was found and what was expected.
 */
export async function parseFile(path: string, options: ParseOptions = {}): Promise<Document> {
  return parseBytes(await readBytes(path, options.signal), path, options);
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
        hint: "give a PDF, HTML, Markdown or text file",
      });
    case "unsupported":
      throw new InputError(`${name}: ${sniffed.reason}`, {
        code: "input.unsupported",
        ...(sniffed.hint === undefined ? {} : { hint: sniffed.hint }),
      });
    case "readable": {
      const parse = await PARSERS[sniffed.format]();
      const document = await parse(bytes, name, options);
      return name === path ? document : { ...document, path };
    }
  }
}

/** A file's bytes. Throws InputError. */
export async function readBytes(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    return await readFile(path, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw new InputError(`${path}: ${describeSystemError(error)}`, {
      code: inputErrorCode(error),
      cause: error,
    });
  }
}
