import { InputError } from "../../../errors.ts";
import { type Letters, readFontLetters } from "./font-letters.ts";
import { type Choices, readLigatures } from "./ligatures.ts";
import { readObjects } from "./objects.ts";
import { loadPdfium, type Pdfium, wideString } from "./pdfium.ts";

const PASSWORD_ERROR = 4;
/** FPDF_GetLastError (fpdfview.h: FPDF_ERR_*) → what it means; 4 is the password. */
const LOAD_ERRORS: Readonly<Record<number, string>> = {
  1: "PDFium could not open it and does not say why",
  2: "PDFium could not find or open it",
  3: "is not a PDF, or a damaged or truncated one",
  5: "is encrypted in a way that is not known here",
  6: "its pages are missing or damaged",
};

/** A file's bytes, and where they are in PDFium's memory. */
type Held = { readonly bytes: Uint8Array; readonly pointer: number };

/** An open PDF. Its memory is PDFium's: dispose of it. */
export class PdfFile {
  readonly pdfium: Pdfium;
  /** FPDF_DOCUMENT */
  readonly handle: number;
  readonly pageCount: number;
  readonly #bytesPointer: number;
  readonly #bytes: Uint8Array;
  #objects: ReadonlyMap<number, string> | undefined;
  #letters: ReadonlyMap<string, Letters> | undefined;
  #ligatures: ReadonlyMap<string, Choices> | undefined;
  #form: { readonly handle: number; readonly info: number } | undefined;

  private constructor(pdfium: Pdfium, handle: number, { bytes, pointer }: Held) {
    this.pdfium = pdfium;
    this.handle = handle;
    this.#bytesPointer = pointer;
    this.#bytes = bytes;
    this.pageCount = pdfium.FPDF_GetPageCount(handle);
  }

  /** @throws InputError when it is damaged, too large, or needs another password. */
  static async open(bytes: Uint8Array, path: string, password: string | undefined): Promise<PdfFile> {
    const pdfium = await loadPdfium();
    const { malloc, free } = pdfium.pdfium.wasmExports;
    // The file stays where it is until the document is closed: PDFium reads from it all the time.
    const bytesPointer = malloc(bytes.length);
    if (bytesPointer === 0) {
      throw new InputError(`${path}: has ${bytes.length} bytes, more than PDFium can hold in memory`, {
        hint: "split it: `qpdf --split-pages=1000 in.pdf part.pdf`",
      });
    }
    pdfium.pdfium.HEAPU8.set(bytes, bytesPointer);
    const handle = pdfium.FPDF_LoadMemDocument(bytesPointer, bytes.length, password ?? "");
    if (handle !== 0) return new PdfFile(pdfium, handle, { bytes, pointer: bytesPointer });
    const code = pdfium.FPDF_GetLastError();
    free(bytesPointer);
    throw code === PASSWORD_ERROR ? passwordError(path, password) : loadError(path, code);
  }

  /** The number as printed on the page; `index` counts from 0. */
  label(index: number): string | undefined {
    return wideString(this.pdfium, (pointer, size) =>
      this.pdfium.FPDF_GetPageLabel(this.handle, index, pointer, size),
    );
  }

  /** The title in the file's metadata; often the name of a template or of a Word file. */
  title(): string | undefined {
    return wideString(this.pdfium, (pointer, size) =>
      this.pdfium.FPDF_GetMetaText(this.handle, "Title", pointer, size),
    );
  }

  /** FPDF_FORMHANDLE, which form fields are asked with. */
  form(): number {
    if (this.#form === undefined) {
      const info = this.pdfium.PDFiumExt_OpenFormFillInfo();
      this.#form = { info, handle: this.pdfium.PDFiumExt_InitFormFillEnvironment(this.handle, info) };
    }
    return this.#form.handle;
  }

  /** See {@link readFontLetters}; read once. */
  letters(): ReadonlyMap<string, Letters> {
    this.#letters ??= readFontLetters(this.#readObjects());
    return this.#letters;
  }

  /** See {@link readLigatures}; read once. */
  ligatures(): ReadonlyMap<string, Choices> {
    this.#ligatures ??= readLigatures(this.#bytes, this.#readObjects());
    return this.#ligatures;
  }

  #readObjects(): ReadonlyMap<number, string> {
    this.#objects ??= readObjects(this.#bytes);
    return this.#objects;
  }

  [Symbol.dispose](): void {
    try {
      if (this.#form !== undefined) {
        this.pdfium.PDFiumExt_ExitFormFillEnvironment(this.#form.handle);
        this.pdfium.PDFiumExt_CloseFormFillInfo(this.#form.info);
      }
      this.pdfium.FPDF_CloseDocument(this.handle);
      this.pdfium.pdfium.wasmExports.free(this.#bytesPointer);
      this.pdfium.FPDF_DestroyLibrary();
    } catch {
      // After a trap PDFium cannot tidy up; its memory goes with the instance, which nobody holds.
    }
  }
}

function passwordError(path: string, password: string | undefined): InputError {
  return password === undefined
    ? new InputError(`${path}: is encrypted and needs a password`, {
        code: "input.encrypted",
        hint: "give it with --password-file or FOCUS_PASSWORD",
      })
    : new InputError(`${path}: the password is wrong`, {
        code: "input.encrypted",
        hint: "give the right one with --password-file or FOCUS_PASSWORD",
      });
}

function loadError(path: string, code: number): InputError {
  const meaning = LOAD_ERRORS[code] ?? `PDFium could not open it (error ${code})`;
  return new InputError(`${path}: ${meaning}`, {
    hint: "get a fresh copy, or try to repair this one: `qpdf in.pdf out.pdf`",
  });
}
