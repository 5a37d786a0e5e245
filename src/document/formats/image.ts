import { InputError } from "../../errors.ts";
import type { Document, Page } from "../document.ts";
import { isAsked, type PageRange } from "../page-selection.ts";
import { isUnread, listed } from "../pages.ts";
import { describeRecognised, type Recogniser, tidyRecognised } from "../recognition.ts";
import { isTiff, readTiffPages } from "./image/tiff-pages.ts";

export type ImageOptions = {
  readonly recogniser?: Recogniser | undefined;
  /** Only these pages are recognised; all when absent. */
  readonly pages?: readonly PageRange[] | undefined;
};

/**
 * The text that is recognised in a picture, as a document of one page; a TIFF file may have more.
 * @throws InputError when there is nothing to recognise it with, no text in it, or it is damaged.
 */
export async function parseImage(
  bytes: Uint8Array,
  path: string,
  { recogniser, pages: ranges }: ImageOptions,
): Promise<Document> {
  if (recogniser === undefined)
    throw new InputError(`${path}: is a picture, whose text has to be recognised first`, {
      code: "input.no-text",
      hint: "`focus ocr pull eng` installs that for English, once; with --ocr off it stays off",
    });
  const { pictures, warnings } = picturesOf(bytes);
  recogniser.announce(path, pictures.filter((_, index) => isAsked(index + 1, ranges)).length);
  const pages: Page[] = [];
  let text = "";
  for (const [index, picture] of pictures.entries()) {
    const number = index + 1;
    const name = pictures.length === 1 ? path : `${path}, page ${number}`;
    const found = isAsked(number, ranges) ? await recogniser.recognise(picture(), name) : undefined;
    const lines = tidyRecognised(found?.text ?? "", "").join("\n");
    const start = text.length;
    if (lines !== "") text += `${lines}\n`;
    const characters = lines.replace(/\s+/g, "").length;
    const sure = found === undefined || lines === "" ? {} : { confidence: found.confidence };
    pages.push({ number, label: undefined, start, end: text.length, characters, ...sure });
  }
  if (text === "")
    throw new InputError(`${path}: no text was recognised in the picture`, { code: "input.no-text" });
  const asked = pages.filter(({ number }) => isAsked(number, ranges));
  return {
    path,
    format: "image",
    title: undefined,
    text,
    pages,
    sections: [],
    warnings: [...describeEmpty(asked), ...describeRecognised(asked), ...warnings],
  };
}

type Pictures = { readonly pictures: readonly (() => Uint8Array)[]; readonly warnings: readonly string[] };

function picturesOf(bytes: Uint8Array): Pictures {
  const single = [() => bytes];
  if (!isTiff(bytes)) return { pictures: single, warnings: [] };
  const { pages, isDamaged } = readTiffPages(bytes);
  const what = pages.length === 1 ? "1 page was" : `${pages.length} pages were`;
  const warnings = isDamaged ? [`is damaged: its list of pages breaks off, ${what} found`] : [];
  // Whatever is wrong with a file without a page, the recogniser says it.
  return { pictures: pages.length === 0 ? single : pages, warnings };
}

function describeEmpty(pages: readonly Page[]): string[] {
  const empty = pages.filter(isUnread);
  return empty.length === 0 ? [] : [`${listed(empty, "has", "have")} no text; text recognition found none`];
}
