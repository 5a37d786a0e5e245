import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { init, type WrappedPdfiumModule } from "@embedpdf/pdfium";

/**
 * The library's typings lack the heap and the exports, which the module has at run time (2.15.1). Called by the export
 * a function takes a third of the time that the library's wrapper takes; true is 1 then.
 */
export type Pdfium = WrappedPdfiumModule & {
  readonly pdfium: { readonly HEAPU8: Uint8Array; readonly wasmExports: Exports };
};

/** What is asked for each character and each drawn object of a document. */
type Exports = Readonly<
  Record<
    | "FPDFFormObj_CountObjects"
    | "FPDFFormObj_GetObject"
    | "FPDFPage_GetObject"
    | "FPDFPageObj_GetBounds"
    | "FPDFPageObj_GetFillColor"
    | "FPDFPageObj_GetStrokeColor"
    | "FPDFPageObj_GetStrokeWidth"
    | "FPDFPageObj_GetType"
    | "FPDFPageObj_HasTransparency"
    | "FPDFPath_CountSegments"
    | "FPDFPath_GetDrawMode"
    | "FPDFTextObj_GetTextRenderMode"
    | "FPDFText_GetCharIndexFromTextIndex"
    | "FPDFText_GetTextObject"
    | "FPDFText_HasUnicodeMapError"
    | "FPDFText_GetCharOrigin"
    | "FPDFText_GetFontSize"
    | "FPDFText_GetMatrix"
    | "FPDFText_GetLooseCharBox",
    (...values: number[]) => number
  >
>;

/**
 * Starts a PDFium of its own (WebAssembly, about 0.1 s). Nothing here remembers it, so that its memory, which never
 * shrinks, goes when the caller drops it.
 */
export async function loadPdfium(): Promise<Pdfium> {
  const wasm = await readFile(createRequire(import.meta.url).resolve("@embedpdf/pdfium/pdfium.wasm"));
  const silent = { print: () => {}, printErr: () => {} };
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  const module = await init({ ...silent, wasmBinary: wasmBinary as ArrayBuffer });
  module.PDFiumExt_Init();
  return module as Pdfium;
}

/** Lends `sizeBytes` of PDFium's memory to `use`; undefined when there is no room. */
export function withMemory<T>(
  { pdfium }: Pdfium,
  sizeBytes: number,
  use: (pointer: number) => T,
): T | undefined {
  const pointer = pdfium.wasmExports.malloc(sizeBytes);
  if (pointer === 0) return undefined;
  try {
    return use(pointer);
  } finally {
    pdfium.wasmExports.free(pointer);
  }
}

/** Reads UTF-16LE; `units` counts code units. The heap is looked up anew, since malloc may have moved it. */
export function readUtf16({ pdfium }: Pdfium, pointer: number, units: number): string {
  const bytes = pdfium.HEAPU8.subarray(pointer, pointer + 2 * units);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf16le");
}

/** Reads `count` 32-bit floats. */
export function readFloats({ pdfium }: Pdfium, pointer: number, count: number): number[] {
  const view = new DataView(pdfium.HEAPU8.buffer, pointer, 4 * count);
  return Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true));
}

/**
 * Calls one of the functions that fill a buffer with NUL-terminated UTF-16LE and return its length in bytes: once
 * for the length, once for the string. Undefined when there is no string.
 */
export function wideString(
  pdfium: Pdfium,
  fill: (pointer: number, sizeBytes: number) => number,
): string | undefined {
  const sizeBytes = fill(0, 0);
  if (sizeBytes <= 2) return undefined;
  const text = withMemory(pdfium, sizeBytes, (pointer) => {
    fill(pointer, sizeBytes);
    return readUtf16(pdfium, pointer, sizeBytes / 2 - 1);
  });
  return text?.trim() === "" ? undefined : text;
}

/** What WebAssembly throws when a file leads PDFium astray: out of bounds, unreachable, or too deep a recursion. */
export function isTrap(error: unknown): error is Error {
  return error instanceof Error && (error.name === "RuntimeError" || error.name === "RangeError");
}
