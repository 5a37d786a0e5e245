import { InputError } from "../errors.ts";
import type { Document, Page, Section } from "./document.ts";

/** Pages counted from 1, both ends included; `last` may be infinite. */
export type PageRange = { readonly first: number; readonly last: number };

/** Whether a page is among those that are asked for, which are all of them where none are named. */
export function isAsked(number: number, ranges: readonly PageRange[] | undefined): boolean {
  return ranges === undefined || ranges.some(({ first, last }) => number >= first && number <= last);
}

/**
 * The document with these pages only; they keep their numbers, and sections that run into them. Throws InputError for a
 * document that has no pages, or none of these.
 */
export function selectPages(document: Document, ranges: readonly PageRange[]): Document {
  const { path, pages, sections } = document;
  const asked = ranges.map(rangeText).join(", ");
  if (pages.length === 0) {
    throw new InputError(`${path}: has no pages, but pages ${asked} were asked for`, {
      hint: "leave out --pages, and the whole document is read",
    });
  }
  const kept = pages.filter(({ number }) => isAsked(number, ranges));
  if (kept.length === 0) {
    throw noneOf(pages.length, { path, asked });
  }
  const missing = missingPages(ranges, pages.length);
  const warnings = missing === "" ? [] : [`has ${pages.length} pages: ${missing} not there`];
  return {
    ...document,
    ...layRuns(document.text, runsOf(kept), sections),
    warnings: [...document.warnings, ...warnings],
    leftOutPages: pages.length - kept.length,
  };
}

/** "a.pdf: has 4 pages, but page 99 was asked for". */
function noneOf(
  count: number,
  { path, asked }: { readonly path: string; readonly asked: string },
): InputError {
  const has = count === 1 ? "1 page" : `${count} pages`;
  const wanted = /[-,]/u.test(asked) ? `pages ${asked} were` : `page ${asked} was`;
  const which = "pages are counted from 1 in the file, whatever is printed on them";
  return new InputError(`${path}: has ${has}, but ${wanted} asked for`, {
    hint:
      count === 1 ? `leave out --pages; ${which}` : `name some of 1-${count}, or leave out --pages; ${which}`,
  });
}

/** Pages that follow one another in the file. */
function runsOf(pages: readonly Page[]): Page[][] {
  const runs: Page[][] = [];
  for (const page of pages) {
    const run = runs.at(-1);
    if (run?.at(-1)?.number === page.number - 1) run.push(page);
    else runs.push([page]);
  }
  return runs;
}

/** A blank line stands where pages were left out, so that no sentence runs over them. */
function layRuns(
  text: string,
  runs: readonly (readonly Page[])[],
  sections: readonly Section[],
): Pick<Document, "text" | "pages" | "sections"> {
  const laid = { text: "", pages: [] as Page[], sections: [] as Section[] };
  for (const run of runs) {
    const start = run[0]?.start ?? 0;
    const end = run.at(-1)?.end ?? start;
    const before = laid.pages.at(-1);
    if (before !== undefined) {
      laid.text = laid.text.replace(/\n*$/u, "\n\n");
      laid.pages.splice(-1, 1, { ...before, end: laid.text.length });
    }
    const shift = laid.text.length - start;
    for (const page of run) laid.pages.push({ ...page, start: page.start + shift, end: page.end + shift });
    for (const section of sectionsWithin(sections, start, end))
      laid.sections.push({ ...section, start: section.start + shift });
    laid.text += text.slice(start, end);
  }
  return laid;
}

/** Sections that begin in the span, after those that run into it, which then begin with it. */
function sectionsWithin(sections: readonly Section[], start: number, end: number): Section[] {
  const open: Section[] = [];
  for (const section of sections) {
    if (section.start > start) break;
    while ((open.at(-1)?.level ?? 0) >= section.level) open.pop();
    open.push({ ...section, start });
  }
  return [...open, ...sections.filter((section) => section.start > start && section.start < end)];
}

/** "pages 6-10 are", "page 6 is"; empty when all are there. */
function missingPages(ranges: readonly PageRange[], count: number): string {
  const missing = ranges
    .map(({ first, last }) => ({ first: Math.max(first, count + 1), last }))
    // "3-" asks for what there is.
    .filter(
      ({ first, last }, i) =>
        last >= first && !(last === Number.POSITIVE_INFINITY && (ranges[i]?.first ?? 0) <= count),
    );
  const text = missing.map(rangeText).join(", ");
  if (text === "") return "";
  return /[-,]/u.test(text) ? `pages ${text} are` : `page ${text} is`;
}

function rangeText({ first, last }: PageRange): string {
  if (last === first) return `${first}`;
  return last === Number.POSITIVE_INFINITY ? `${first}-` : `${first}-${last}`;
}
