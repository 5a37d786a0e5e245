import { InputError } from "../../errors.ts";
import { displayPath } from "../display-path.ts";
import type { Document, Page } from "../document.ts";
import type { Pictures } from "../formats/pdf/pictures.ts";
import { pageRanges } from "../pages.ts";
import { PictureBudget } from "./budget.ts";
import type { Evidence, Excerpt, PagePicture, Shown } from "./evidence.ts";
import { excerptOf } from "./excerpt.ts";

export type GatherOptions = {
  readonly documents: readonly Document[];
  /** Of a PDF among them. Throws InputError. */
  readonly bytesOf: (path: string) => Promise<Uint8Array>;
  /** Of encrypted PDFs. */
  readonly password: string | undefined;
  readonly signal: AbortSignal;
};

/**
 * What shows that passages stand where citations say: of PDFs their pages as pictures with the passages marked, of other
 * formats, and where a passage is not found on its page, the text around it. Throws the signal's reason.
 */
export async function gatherEvidence(shown: readonly Shown[], options: GatherOptions): Promise<Evidence> {
  const budget = new PictureBudget();
  const pictures: PagePicture[] = [];
  const notes: string[] = [];
  for (const document of options.documents) {
    const own = shown.filter(({ path }) => path === document.path);
    if (document.format !== "pdf" || own.length === 0) continue;
    const made = await drawQuoted(document, own, { ...options, budget });
    pictures.push(...made.pictures);
    notes.push(...made.notes);
  }
  const excerpts = shown.flatMap((one): Excerpt[] => {
    const document = options.documents.find(({ path }) => path === one.path);
    const isMarked = pictures.some(({ marks }) =>
      marks.some(({ id, found }) => id === one.id && found === "whole"),
    );
    return document === undefined || isMarked ? [] : [excerptOf(document, one)];
  });
  return { pictures, excerpts, notes };
}

type Drawn = { readonly pictures: readonly PagePicture[]; readonly notes: readonly string[] };
type Drawing = GatherOptions & { readonly budget: PictureBudget };

async function drawQuoted(document: Document, shown: readonly Shown[], options: Drawing): Promise<Drawn> {
  const { path, text } = document;
  const name = displayPath(path);
  const { drawPages } = await import("../formats/pdf/pictures.ts");
  const pages = quotedPages(document, shown).map(({ page, quotes }) => {
    return { number: page.number, parsed: text.slice(page.start, page.end), quotes };
  });
  try {
    const source = { path, bytes: await options.bytesOf(path) };
    const made = await drawPages(source, pages, options);
    return { pictures: made.pictures, notes: notesOf(name, made) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { pictures: [], notes: [`no pictures of ${name}: ${error.message}`] };
  }
}

type QuotedSpan = { readonly id: number; readonly start: number; readonly end: number };
type Quoted = { readonly page: Page; readonly quotes: readonly QuotedSpan[] };

/** Pages with the part of each passage that stands on them (offsets into the page), in the order of the passages. */
function quotedPages({ text, pages }: Document, shown: readonly Shown[]): Quoted[] {
  const byPage = new Map<Page, QuotedSpan[]>();
  for (const { id, start, end } of shown) {
    for (const page of pages) {
      const own = { start: Math.max(start, page.start), end: Math.min(end, page.end) };
      if (own.start >= own.end || text.slice(own.start, own.end).trim() === "") continue;
      const quote = { id, start: own.start - page.start, end: own.end - page.start };
      byPage.set(page, [...(byPage.get(page) ?? []), quote]);
    }
  }
  return [...byPage].map(([page, quotes]) => ({ page, quotes }));
}

function notesOf(name: string, { undrawn, left }: Pictures): string[] {
  const pages = (numbers: readonly number[]): string =>
    `${numbers.length === 1 ? "page" : "pages"} ${pageRanges(numbers)} of ${name}`;
  return [
    ...(undrawn.length === 0 ? [] : [`${pages(undrawn)} could not be drawn`]),
    ...(left.length === 0 ? [] : [`${pages(left)} left out: there are enough pictures for one file`]),
  ];
}
