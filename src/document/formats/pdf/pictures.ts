import type { PictureBudget } from "../../evidence/budget.ts";
import type { PagePicture } from "../../evidence/evidence.ts";
import { drawPage, type QuotedPage } from "./page-picture.ts";
import { PdfFile } from "./pdf-file.ts";
import { isTrap } from "./pdfium.ts";

export type PictureOptions = {
  readonly password: string | undefined;
  readonly signal: AbortSignal;
  readonly budget: PictureBudget;
};

/** Pictures of pages, and the numbers of pages that PDFium could not draw and of those that the budget left out. */
export type Pictures = {
  readonly pictures: readonly PagePicture[];
  readonly undrawn: readonly number[];
  readonly left: readonly number[];
};

/** Draws pages of a PDF in the order that they come in. Throws InputError for a file that cannot be opened. */
export async function drawPages(
  { bytes, path }: { readonly bytes: Uint8Array; readonly path: string },
  pages: readonly QuotedPage[],
  { password, signal, budget }: PictureOptions,
): Promise<Pictures> {
  using file = await PdfFile.open(bytes, path, password);
  const pictures: PagePicture[] = [];
  const undrawn: number[] = [];
  const left: number[] = [];
  for (const page of pages) {
    signal.throwIfAborted();
    const picture = budget.isSpent ? undefined : drawIfPossible(file, page);
    if (budget.isSpent || (picture !== undefined && !budget.take(picture.png.length))) left.push(page.number);
    else if (picture === undefined) undrawn.push(page.number);
    else pictures.push({ path, ...picture });
  }
  return { pictures, undrawn, left };
}

/** Undefined where PDFium cannot; after a trap it can draw nothing more. */
function drawIfPossible(file: PdfFile, page: QuotedPage): Omit<PagePicture, "path"> | undefined {
  try {
    return drawPage(file, page);
  } catch (error) {
    if (!isTrap(error)) throw error;
    return undefined;
  }
}
