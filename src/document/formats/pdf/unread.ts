import { InputError } from "../../../errors.ts";
import type { Page } from "../../document.ts";
import { isUnread, pageRanges } from "../../pages.ts";
import type { RawPage } from "./page-text.ts";

/** Fewer characters than this on half of the pages: a scan, or fonts that do not say what their glyphs mean. */
const FEW_CHARACTERS = 20;
const OCR = "`ocrmypdf in.pdf out.pdf`";

/** @throws InputError when there is no page, or none with text. */
export function assertSomeText(path: string, pages: readonly Page[]): void {
  if (pages.length === 0)
    throw new InputError(`${path}: has no pages, or damaged ones only`, {
      hint: "try to repair it: `qpdf in.pdf out.pdf`",
    });
  if (pages.some(({ characters }) => characters > 0)) return;
  const count = pages.length === 1 ? "1 page and no text on it" : `${pages.length} pages and no text on any`;
  throw new InputError(`${path}: has ${count}: scanned, damaged or blank`, {
    code: "input.no-text",
    hint: `recognise its text first: ${OCR}`,
  });
}

/** One sentence each about pages that PDFium could not load, pages without text, and a document of such pages. */
export function describeUnread(pages: readonly Page[], rawPages: readonly RawPage[]): string[] {
  const warnings: string[] = [];
  const isDamaged = ({ number }: Page) => rawPages[number - 1]?.content === "unreadable";
  const damaged = pages.filter(isDamaged);
  const empty = pages.filter((page) => isUnread(page) && !isDamaged(page));
  const blank = pages.filter((page) => page.blank === true);
  if (damaged.length > 0) warnings.push(`${listed(damaged)} damaged and could not be read`);
  if (empty.length > 0)
    warnings.push(
      `${listed(empty, "has", "have")} no text ${damaged.length > 0 ? "(scanned, blank or damaged)" : "(scanned, or a picture)"}`,
    );
  if (blank.length > 0) warnings.push(`${listed(blank)} blank`);
  if (medianCharacters(pages) < FEW_CHARACTERS) {
    const half = `half of its ${pages.length} pages have fewer than ${FEW_CHARACTERS} characters`;
    warnings.push(`the document seems to be scanned or damaged: ${half}; ${OCR} may recognise its text`);
  }
  return warnings;
}

/** "page 3 is", "pages 3, 7-9 are". */
function listed(pages: readonly Page[], singular = "is", plural = "are"): string {
  const list = pageRanges(pages.map(({ number }) => number));
  return pages.length === 1 ? `page ${list} ${singular}` : `pages ${list} ${plural}`;
}

function medianCharacters(pages: readonly Page[]): number {
  const counts = pages.map(({ characters }) => characters).sort((a, b) => a - b);
  return counts[Math.floor(counts.length / 2)] ?? 0;
}
