import { InputError } from "../../../errors.ts";
import type { Page } from "../../document.ts";
import { isUnread, listed } from "../../pages.ts";
import type { RawPage } from "./page-text.ts";

/** Fewer characters than this on half of the pages: a scan, or fonts that do not say what their glyphs mean. */
const FEW_CHARACTERS = 20;
/** What reads pictures of text, once it is installed. */
const OCR = "`focus ocr pull eng`";
const AT_FAULT = "fonts that do not say which letters they show";

export type ReadPages = {
  readonly pages: readonly Page[];
  /** All of the file. */
  readonly rawPages: readonly RawPage[];
  /** Whether text was recognised in pictures, so that nothing has to be installed. */
  readonly isRecognised: boolean;
};

/** Why a document has no text at all: no pages, or none with text. */
export function noTextError({
  path,
  pages,
  rawPages,
  isRecognised,
}: ReadPages & { readonly path: string }): InputError {
  if (pages.length === 0)
    return new InputError(`${path}: has no pages, or damaged ones only`, {
      hint: "try to repair it: `qpdf in.pdf out.pdf`",
    });
  const looked = "text recognition found none in their pictures; another language may: `focus ocr pull`";
  if (rawPages.some(({ content }) => content === "unmapped"))
    return new InputError(`${path}: has only ${AT_FAULT}, so that its text cannot be read`, {
      hint: isRecognised ? looked : `${OCR} installs what recognises it in the pages' pictures`,
    });
  const count = pages.length === 1 ? "1 page and no text on it" : `${pages.length} pages and no text on any`;
  return new InputError(`${path}: has ${count}: scanned, damaged or blank`, {
    code: "input.no-text",
    hint: isRecognised ? looked : `${OCR} installs what recognises text in pictures (eng is English)`,
  });
}

/** One sentence each about pages that PDFium could not load, pages without text, and a document of such pages. */
export function describeUnread(read: ReadPages): string[] {
  const { pages, rawPages, isRecognised } = read;
  const warnings: string[] = [];
  const contentOf = ({ number }: Page) => rawPages[number - 1]?.content;
  const damaged = pages.filter((page) => contentOf(page) === "unreadable");
  const unmapped = pages.filter((page) => contentOf(page) === "unmapped");
  const isKnown = (page: Page) => ["unreadable", "unmapped"].includes(contentOf(page) ?? "");
  const unread = pages.filter((page) => isUnread(page) && !isKnown(page));
  const empty = unread.filter(({ characters }) => characters === 0);
  const stamped = unread.filter(({ characters }) => characters > 0);
  const blank = pages.filter((page) => page.blank === true);
  const remedy = (what: string): string =>
    isRecognised ? "; text recognition found none" : `; ${OCR} installs what recognises ${what}`;
  if (damaged.length > 0) warnings.push(`${listed(damaged)} damaged and could not be read`);
  if (empty.length > 0)
    warnings.push(
      `${listed(empty, "has", "have")} no text (${damaged.length > 0 ? "scanned, blank or damaged" : "scanned, or a picture"})${remedy("it")}`,
    );
  if (stamped.length > 0) warnings.push(`${listed(stamped, ...STAMPED)}${remedy("the rest")}`);
  if (unmapped.length > 0)
    warnings.push(`${listed(unmapped, "has", "have")} ${AT_FAULT}, and could not be read${remedy("them")}`);
  warnings.push(...describeLeftOut(read, remedy("them")));
  if (blank.length > 0) warnings.push(`${listed(blank)} blank`);
  if (medianCharacters(pages) < FEW_CHARACTERS) {
    const half = `half of its ${pages.length} pages have fewer than ${FEW_CHARACTERS} characters`;
    warnings.push(
      `the document seems to be scanned or damaged: ${half}${isRecognised ? "" : remedy("its text")}`,
    );
  }
  return warnings;
}

const STAMPED = [
  "is a picture with little text on it (a stamp, a header)",
  "are pictures with little text on them (a stamp, a header)",
] as const;

/** Lines of such fonts on pages that can be read otherwise. */
function describeLeftOut({ pages, rawPages }: ReadPages, remedy: string): string[] {
  const leftOutOn = ({ number }: Page): number => {
    const page = rawPages[number - 1];
    return page === undefined || page.content === "unmapped" ? 0 : page.aside.unmapped;
  };
  const on = pages.filter((page) => leftOutOn(page) > 0);
  if (on.length === 0) return [];
  const count = on.reduce((sum, page) => sum + leftOutOn(page), 0);
  const what = `${listed(on, "has", "have")} lines in ${AT_FAULT}`;
  return [`${what}: left out ${count} characters${remedy}`];
}

function medianCharacters(pages: readonly Page[]): number {
  const counts = pages.map(({ characters }) => characters).sort((a, b) => a - b);
  return counts[Math.floor(counts.length / 2)] ?? 0;
}
