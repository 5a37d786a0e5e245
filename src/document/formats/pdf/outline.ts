import type { PdfFile } from "./pdf-file.ts";
import { wideString } from "./pdfium.ts";

/** An entry of the PDF's outline (its bookmarks) that leads to a page of the file. */
export type OutlineEntry = {
  readonly title: string;
  /** 1 = outermost. */
  readonly level: number;
  /** Counted from 0. */
  readonly pageIndex: number;
};

/** Deeper levels are no headings but a loop or a joke. */
const DEEPEST = 32;

/** All entries in the outline's order; those that lead out of the file or nowhere are left out. */
export function readOutline(file: PdfFile): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  // A damaged outline may lead back to itself.
  const seen = new Set<number>();
  const visit = (first: number, level: number): void => {
    const { pdfium, handle } = file;
    for (
      let mark = first;
      mark !== 0 && !seen.has(mark);
      mark = pdfium.FPDFBookmark_GetNextSibling(handle, mark)
    ) {
      seen.add(mark);
      const entry = readEntry(file, mark, level);
      if (entry !== undefined) entries.push(entry);
      if (level < DEEPEST) visit(pdfium.FPDFBookmark_GetFirstChild(handle, mark), level + 1);
    }
  };
  visit(file.pdfium.FPDFBookmark_GetFirstChild(file.handle, 0), 1);
  return entries;
}

function readEntry(file: PdfFile, mark: number, level: number): OutlineEntry | undefined {
  const { pdfium, handle } = file;
  const title = wideString(pdfium, (pointer, size) => pdfium.FPDFBookmark_GetTitle(mark, pointer, size));
  const pageIndex = targetPage(file, pdfium.FPDFBookmark_GetDest(handle, mark) || actionTarget(file, mark));
  if (title === undefined || pageIndex === undefined) return undefined;
  return { title: title.replace(/[\s\p{Cc}]+/gu, " ").trim(), level, pageIndex };
}

function actionTarget({ pdfium, handle }: PdfFile, mark: number): number {
  const action = pdfium.FPDFBookmark_GetAction(mark);
  return action === 0 ? 0 : pdfium.FPDFAction_GetDest(handle, action);
}

function targetPage({ pdfium, handle, pageCount }: PdfFile, target: number): number | undefined {
  const index = target === 0 ? -1 : pdfium.FPDFDest_GetDestPageIndex(handle, target);
  return index >= 0 && index < pageCount ? index : undefined;
}
