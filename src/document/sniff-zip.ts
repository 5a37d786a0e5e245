import type { Format } from "./format-name.ts";

/** Names in a zip archive, or its uncompressed `mimetype` entry → the format. A name must begin there. */
const MARKS: readonly (readonly [mark: RegExp, format: Format | "xlsb"])[] = [
  [/mimetypeapplication\/epub\+zip/, "epub"],
  [/mimetypeapplication\/vnd\.oasis\.opendocument\.text/, "odt"],
  [/mimetypeapplication\/vnd\.oasis\.opendocument\.spreadsheet/, "ods"],
  [/mimetypeapplication\/vnd\.oasis\.opendocument\.presentation/, "odp"],
  [/(?<![\w/ -])xl\/workbook\.bin/, "xlsb"],
  [/(?<![\w/ -])word\/\w/, "docx"],
  [/(?<![\w/ -])xl\/\w/, "xlsx"],
  [/(?<![\w/ -])ppt\/\w/, "pptx"],
];

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  ".docx": "docx",
  ".docm": "docx",
  ".xlsx": "xlsx",
  ".xlsm": "xlsx",
  ".pptx": "pptx",
  ".pptm": "pptx",
  ".odt": "odt",
  ".ods": "ods",
  ".odp": "odp",
  ".epub": "epub",
};

export type ZipParts = {
  readonly head: string;
  /** The directory of names is at the end of the archive; office writers put the telling names anywhere. */
  readonly tail: string;
  readonly extension: string;
};

/** The format of a zip file, both ends of it as Latin-1; undefined for an archive of something else. */
export function sniffZip({ head, tail, extension }: ZipParts): Format | "xlsb" | undefined {
  const found = MARKS.find(([mark]) => mark.test(head) || mark.test(tail));
  return found?.[1] ?? BY_EXTENSION[extension];
}
