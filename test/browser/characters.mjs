import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { init } from "@embedpdf/pdfium";

/**
 * Letters and numbers of pages (counted from 1) in PDFium's order, each with the middle of its tight box as a share of the
 * page's width and height as it is shown: cut by its crop box, then turned. Shares no code with what draws the marks.
 */
export async function readCharacters(bytes, pages) {
  const pdfium = await init({
    wasmBinary: await readFile(createRequire(import.meta.url).resolve("@embedpdf/pdfium/pdfium.wasm")),
  });
  pdfium.PDFiumExt_Init();
  const { malloc } = pdfium.pdfium.wasmExports;
  const at = malloc(bytes.length);
  pdfium.pdfium.HEAPU8.set(bytes, at);
  const file = pdfium.FPDF_LoadMemDocument(at, bytes.length, "");
  if (file === 0) throw new Error(`PDFium cannot open it (error ${pdfium.FPDF_GetLastError()})`);
  const room = malloc(32);
  return pages.flatMap((number) => charactersOf({ pdfium, file, room, number }));
}

function charactersOf({ pdfium, file, room, number }) {
  const page = pdfium.FPDF_LoadPage(file, number - 1);
  const text = pdfium.FPDFText_LoadPage(page);
  const shown = placer(pdfium, page, room);
  const found = [];
  for (let i = 0; i < pdfium.FPDFText_CountChars(text); i += 1) {
    const letters = lettersOf(String.fromCodePoint(pdfium.FPDFText_GetUnicode(text, i)));
    if (letters === "" || pdfium.FPDFText_IsGenerated(text, i) === 1) continue;
    if (!pdfium.FPDFText_GetCharBox(text, i, room, room + 8, room + 16, room + 24)) continue;
    const view = new DataView(pdfium.pdfium.HEAPU8.buffer, room, 32);
    const [left, right, bottom, top] = [0, 8, 16, 24].map((offset) => view.getFloat64(offset, true));
    const place = shown((left + right) / 2, (bottom + top) / 2);
    // A ligature is one box and several letters.
    for (const letter of letters.split("")) found.push({ letter, page: number, ...place });
  }
  return found;
}

/** What counts of a text: its letters and numbers, without accents and case. */
export function lettersOf(text) {
  return text
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "")
    .toLowerCase();
}

function placer(pdfium, page, room) {
  pdfium.FPDF_GetPageBoundingBox(page, room);
  const view = new DataView(pdfium.pdfium.HEAPU8.buffer, room, 16);
  const [left, top, right, bottom] = [0, 4, 8, 12].map((offset) => view.getFloat32(offset, true));
  const across = (x) => (x - left) / (right - left);
  const down = (y) => (top - y) / (top - bottom);
  const turned = [
    (x, y) => ({ x: across(x), y: down(y) }),
    (x, y) => ({ x: 1 - down(y), y: across(x) }),
    (x, y) => ({ x: 1 - across(x), y: 1 - down(y) }),
    (x, y) => ({ x: down(y), y: 1 - across(x) }),
  ];
  return turned[pdfium.FPDFPage_GetRotation(page)];
}
