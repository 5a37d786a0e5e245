import { type Recognised, type Recogniser, tidyRecognised } from "../../recognition.ts";
import { placeValues } from "./form-values.ts";
import type { PageBox } from "./glyphs.ts";
import type { RawPage } from "./page-text.ts";
import type { PdfFile } from "./pdf-file.ts";
import { isBlank, type RawLine } from "./raw-line.ts";
import { drawPage } from "./render.ts";

/** Fewer letters beside a picture, however small, are a page number or a mark. */
const FEW_LETTERS = 20;
/** Stands where a hyphen ended a line. */
const HYPHEN = "\ufffe";

type Options = {
  readonly path: string;
  readonly recogniser: Recogniser;
  readonly isChosen: (pageNumber: number) => boolean;
};

/**
 * Adds the text that is recognised on pages whose letters are pictures, or of fonts that do not say which they are; where
 * these are some lines of a page, only those are recognised.
 */
export async function recognisePages(
  file: PdfFile,
  pages: readonly RawPage[],
  { path, recogniser, isChosen }: Options,
): Promise<RawPage[]> {
  const chosen = pages.filter((_, index) => isChosen(index + 1));
  const pictures = chosen.reduce((sum, page) => sum + picturesOf(page), 0);
  if (pictures > 0) recogniser.announce(path, pictures);
  const read: RawPage[] = [];
  for (const [index, page] of pages.entries()) {
    const recognise = async (part?: PageBox): Promise<Recognised | undefined> => {
      const picture = drawPage(file, index, part);
      return picture && recogniser.recognise(picture, `${path}, page ${index + 1}`);
    };
    if (!isChosen(index + 1)) read.push(page);
    else if (isPicture(page)) read.push(await recogniseWhole(page, recognise));
    else read.push(picturesOf(page) > 0 ? await recogniseParts(page, recognise) : page);
  }
  return read;
}

type Recognise = (part?: PageBox) => Promise<Recognised | undefined>;

async function recogniseWhole(page: RawPage, recognise: Recognise): Promise<RawPage> {
  const recognised = await recognise();
  const texts = tidyRecognised(recognised?.text ?? "", HYPHEN);
  const printed = page.lines.filter((line) => !isBlank(line));
  // What is printed on the picture is drawn with it.
  const known = new Set(printed.map(({ text }) => lettersOf(text)));
  const lines = texts.flatMap((text): RawLine[] =>
    known.has(lettersOf(text)) && text !== "" ? [] : [{ text, height: undefined }],
  );
  if (recognised === undefined || lines.every(isBlank)) return page;
  const { isScan: _, ...whole } = page;
  return { ...whole, lines: [...printed, ...lines], content: "text", confidence: recognised.confidence };
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}

/** Puts the lines that are recognised in parts of a page where these stand. */
async function recogniseParts(page: RawPage, recognise: Recognise): Promise<RawPage> {
  const { aside } = page;
  const lines: RawLine[] = [];
  const confidences: number[] = [];
  for (const { box, top, bottom } of aside.unmappedParts) {
    const recognised = await recognise(box);
    const texts = tidyRecognised(recognised?.text ?? "", HYPHEN).filter((text) => text !== "");
    if (recognised === undefined || texts.length === 0) continue;
    const step = (top - bottom) / texts.length;
    lines.push(...texts.map((text, i) => ({ text, height: top - (i + 0.5) * step })));
    confidences.push(recognised.confidence);
  }
  if (lines.length === 0) return page;
  const unmapped = confidences.length === aside.unmappedParts.length ? 0 : aside.unmapped;
  const confidence = confidences.reduce((sum, one) => sum + one, 0) / confidences.length;
  return { ...page, lines: placeValues(page.lines, lines), aside: { ...aside, unmapped }, confidence };
}

/** How many pictures are recognised for a page. */
function picturesOf(page: RawPage): number {
  return isPicture(page) ? 1 : page.aside.unmappedParts.length;
}

function isPicture({ content, lines, isScan }: RawPage): boolean {
  if (content === "unmapped" || isScan === true) return true;
  if (content !== "pictures") return false;
  const letters = lines.reduce((sum, { text }) => sum + text.replace(/\s/g, "").length, 0);
  return lines.every(isBlank) || letters < FEW_LETTERS;
}
