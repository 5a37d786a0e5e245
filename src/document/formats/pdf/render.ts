import { type PageBox, readBox } from "./glyphs.ts";
import { onPage } from "./page-text.ts";
import type { PdfFile } from "./pdf-file.ts";
import type { Pdfium } from "./pdfium.ts";

/** Tesseract wants letters of 20 to 40 dots; 200 dots an inch are enough for print of 8 points. */
const DOTS_PER_POINT = 200 / 72;
/** A poster is drawn smaller. Dots a side. */
const MOST_DOTS = 5000;
/** Of white around a part of a page, as Tesseract wants it. Dots. */
const MARGIN = 20;
/** FPDFBitmap_Gray and FPDF_ANNOT (fpdfview.h). */
const GRAY = 1;
const ANNOTATIONS = 1;
const WHITE = 0xffffffff;

/** Dots from the upper left corner. */
type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/**
 * Draws a page, or one part of it, as a grey PNM file; `index` counts from 0, parts are in points and of unturned pages.
 * Undefined when PDFium cannot. About 0.2 s.
 */
export function drawPage(file: PdfFile, index: number, part?: PageBox): Uint8Array | undefined {
  const { pdfium } = file;
  return onPage(file, index, (page) => {
    const points = { width: pdfium.FPDF_GetPageWidthF(page), height: pdfium.FPDF_GetPageHeightF(page) };
    const scale = Math.min(DOTS_PER_POINT, MOST_DOTS / Math.max(points.width, points.height));
    const width = Math.max(1, Math.round(points.width * scale));
    const height = Math.max(1, Math.round(points.height * scale));
    const whole = { x: 0, y: 0, width, height };
    const box = part === undefined ? undefined : readBox(pdfium, page);
    const shown = part === undefined || box === undefined ? whole : within(whole, place(part, box, scale));
    const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, GRAY, 0, 0);
    if (bitmap === 0) return undefined;
    try {
      pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
      pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, ANNOTATIONS);
      return encodePnm(pdfium, { bitmap, shown, margin: shown === whole ? 0 : MARGIN });
    } finally {
      pdfium.FPDFBitmap_Destroy(bitmap);
    }
  });
}

function place(part: PageBox, page: PageBox, scale: number): Rectangle {
  const [x, y] = [Math.floor((part.left - page.left) * scale), Math.floor((page.top - part.top) * scale)];
  const width = Math.ceil((part.right - part.left) * scale) + 1;
  return { x, y, width, height: Math.ceil((part.top - part.bottom) * scale) + 1 };
}

/** The part that lies on the page; all of the page where none does. */
function within(page: Rectangle, part: Rectangle): Rectangle {
  const [x, y] = [Math.max(0, part.x), Math.max(0, part.y)];
  const width = Math.min(page.width, part.x + part.width) - x;
  const height = Math.min(page.height, part.y + part.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : page;
}

type Drawn = { readonly bitmap: number; readonly shown: Rectangle; readonly margin: number };

function encodePnm(pdfium: Pdfium, { bitmap, shown, margin }: Drawn): Uint8Array {
  const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
  const stride = pdfium.FPDFBitmap_GetStride(bitmap);
  const [width, height] = [shown.width + 2 * margin, shown.height + 2 * margin];
  const header = Buffer.from(`P5\n${width} ${height}\n255\n`);
  const picture = Buffer.alloc(header.length + width * height, 255);
  picture.set(header);
  for (let row = 0; row < shown.height; row++) {
    const from = start + (shown.y + row) * stride + shown.x;
    const to = header.length + (margin + row) * width + margin;
    picture.set(pdfium.pdfium.HEAPU8.subarray(from, from + shown.width), to);
  }
  return picture;
}
