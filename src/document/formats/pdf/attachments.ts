import type { AttachedFile, Attachment } from "../../attachments.ts";
import { annotationsOf, PINNED_FILE } from "./annotations.ts";
import { onPage } from "./page-text.ts";
import { PdfFile } from "./pdf-file.ts";
import { type Pdfium, wideString, withMemory } from "./pdfium.ts";

const NAMELESS = "a file without a name";

/**
 * The files that are attached to an open PDF: its own, which a portfolio consists of, and those pinned to these pages. One
 * that cannot be taken out has no bytes.
 */
export function readAttachments(file: PdfFile, pinned: readonly number[]): Attachment[] {
  const { pdfium, handle } = file;
  const count = Math.max(0, pdfium.FPDFDoc_GetAttachmentCount(handle));
  const own = Array.from({ length: count }, (_, i) => read(pdfium, pdfium.FPDFDoc_GetAttachment(handle, i)));
  return [...own, ...pinned.flatMap((number) => readPinned(file, number))];
}

export type OpenOptions = {
  readonly password?: string | undefined;
  /** What is known of them, by which pages they are looked for on. */
  readonly attached: readonly AttachedFile[];
};

/** The same for a PDF that is not open. Throws InputError. */
export async function openAttachments(
  bytes: Uint8Array,
  path: string,
  { password, attached }: OpenOptions,
): Promise<Attachment[]> {
  using file = await PdfFile.open(bytes, path, password);
  const pinned = new Set(attached.flatMap(({ page }) => page ?? []));
  return readAttachments(file, [...pinned]);
}

function readPinned(file: PdfFile, page: number): Attachment[] {
  const { pdfium } = file;
  const found = onPage(file, page - 1, (handle) =>
    annotationsOf(pdfium, handle, (annotation) =>
      pdfium.FPDFAnnot_GetSubtype(annotation) === PINNED_FILE
        ? [{ ...read(pdfium, pdfium.FPDFAnnot_GetFileAttachment(annotation)), page }]
        : [],
    ),
  );
  return found ?? [];
}

function read(pdfium: Pdfium, attachment: number): Attachment {
  if (attachment === 0) return { name: NAMELESS, size: 0, bytes: new Uint8Array() };
  const name = wideString(pdfium, (pointer, size) =>
    pdfium.FPDFAttachment_GetName(attachment, pointer, size),
  );
  const bytes = readBytes(pdfium, attachment);
  return { name: name?.replace(/\s+/g, " ").trim() || NAMELESS, size: bytes.length, bytes };
}

function readBytes(pdfium: Pdfium, attachment: number): Uint8Array {
  const size = withMemory(pdfium, 4, (pointer) => {
    const isThere = pdfium.FPDFAttachment_GetFile(attachment, 0, 0, pointer);
    return isThere ? new DataView(pdfium.pdfium.HEAPU8.buffer).getUint32(pointer, true) : 0;
  });
  if (size === undefined || size === 0) return new Uint8Array();
  const bytes = withMemory(pdfium, size + 4, (pointer) =>
    pdfium.FPDFAttachment_GetFile(attachment, pointer, size, pointer + size)
      ? pdfium.pdfium.HEAPU8.slice(pointer, pointer + size)
      : undefined,
  );
  return bytes ?? new Uint8Array();
}
