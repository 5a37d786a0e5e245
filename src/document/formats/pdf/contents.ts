import { setImmediate } from "node:timers/promises";

import { InputError } from "../../../errors.ts";
import type { Attachment } from "../../attachments.ts";
import { isAsked, type PageRange } from "../../page-selection.ts";
import type { Recogniser } from "../../recognition.ts";
import { readAttachments } from "./attachments.ts";
import { describeDamage } from "./damage.ts";
import { describeForm } from "./form-type.ts";
import { type OutlineEntry, readOutline } from "./outline.ts";
import { type RawPage, readPage } from "./page-text.ts";
import { PdfFile } from "./pdf-file.ts";
import { isTrap } from "./pdfium.ts";
import { recognisePages } from "./recognise.ts";

export type PdfOptions = {
  readonly password?: string | undefined;
  /** Looked at once a page; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Reads pages whose letters are pictures. */
  readonly recogniser?: Recogniser | undefined;
  /** Pages that are read for their text: only of these anything is recognised. All when absent. */
  readonly pages?: readonly PageRange[] | undefined;
};

/** All that is taken out of the file before it is closed. */
export type Contents = {
  readonly title: string | undefined;
  readonly outline: readonly OutlineEntry[];
  readonly pages: readonly RawPage[];
  /** What is said about the file's parts that are no pages. */
  readonly beside: readonly string[];
  readonly attachments: readonly Attachment[];
};

/** Reads all of a PDF. Throws InputError when it is damaged or encrypted, or the signal's reason. */
export async function readContents(bytes: Uint8Array, path: string, options: PdfOptions): Promise<Contents> {
  const pages: RawPage[] = [];
  try {
    using file = await PdfFile.open(bytes, path, options.password);
    for (let index = 0; index < file.pageCount; index++) {
      // Lets a spinner turn and a signal arrive; a page takes 2 ms, at worst 40.
      await setImmediate();
      options.signal?.throwIfAborted();
      pages.push(readPage(file, index));
    }
    const { recogniser } = options;
    const isChosen = (number: number): boolean => isAsked(number, options.pages);
    const read =
      recogniser === undefined ? pages : await recognisePages(file, pages, { path, recogniser, isChosen });
    const beside = [...describeDamage(file, bytes), ...describeForm(file)];
    const pinned = pages.flatMap(({ hasFiles }, index) => (hasFiles === true ? [index + 1] : []));
    return {
      title: file.title(),
      outline: readOutline(file),
      pages: read,
      beside,
      attachments: readAttachments(file, pinned),
    };
  } catch (error) {
    if (!isTrap(error)) throw error;
    throw new InputError(
      `${path}: is damaged: PDFium failed after ${pages.length} pages (${error.message})`,
      {
        hint: "try to repair it: `qpdf in.pdf out.pdf`",
        cause: error,
      },
    );
  }
}
