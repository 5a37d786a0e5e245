import type { PdfFile } from "./pdf-file.ts";

/** Tesseract wants letters of 20 to 40 dots; 200 dots an inch are enough for print of 8 points. */
const DOTS_PER_POINT = 200 / 72;
/** A poster is drawn smaller. Dots a side. */
const MOST_DOTS = 5000;
/** FPDFBitmap_Gray and FPDF_ANNOT (fpdfview.h). */
const GRAY = 1;
const ANNOTATIONS = 1;
const WHITE = 0xffffffff;

/** Draws a page as a grey PNM file; `index` counts from 0. Undefined when PDFium cannot. About 0.2 s. */
export function drawPage({ pdfium, handle }: PdfFile, index: number): Uint8Array | undefined {
  const page = pdfium.FPDF_LoadPage(handle, index);
  if (page === 0) return undefined;
  const points = { width: pdfium.FPDF_GetPageWidthF(page), height: pdfium.FPDF_GetPageHeightF(page) };
  const scale = Math.min(DOTS_PER_POINT, MOST_DOTS / Math.max(points.width, points.height));
  const width = Math.max(1, Math.round(points.width * scale));
  const height = Math.max(1, Math.round(points.height * scale));
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, GRAY, 0, 0);
  try {
    if (bitmap === 0) return undefined;
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, ANNOTATIONS);
    const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
    const stride = pdfium.FPDFBitmap_GetStride(bitmap);
    const header = Buffer.from(`P5\n${width} ${height}\n255\n`);
    const picture = Buffer.alloc(header.length + width * height);
    picture.set(header);
    for (let row = 0; row < height; row++) {
      const from = start + row * stride;
      picture.set(pdfium.pdfium.HEAPU8.subarray(from, from + width), header.length + row * width);
    }
    return picture;
  } finally {
    if (bitmap !== 0) pdfium.FPDFBitmap_Destroy(bitmap);
    pdfium.FPDF_ClosePage(page);
  }
}
