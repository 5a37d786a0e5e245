import { type Recogniser, tidyRecognised } from "../../recognition.ts";
import type { RawPage } from "./page-text.ts";
import type { PdfFile } from "./pdf-file.ts";
import { isBlank } from "./raw-line.ts";
import { drawPage } from "./render.ts";

/** Fewer letters beside a picture are a stamp or a page number upon a scan. */
const FEW_LETTERS = 20;

type Options = { readonly path: string; readonly recogniser: Recogniser };

/** Adds the text that is recognised on pages whose letters are pictures, or of fonts that do not say which they are. */
export async function recognisePages(
  file: PdfFile,
  pages: readonly RawPage[],
  { path, recogniser }: Options,
): Promise<RawPage[]> {
  const wanted = pages.filter(isPicture);
  if (wanted.length > 0) recogniser.announce(path, wanted.length);
  const read: RawPage[] = [];
  for (const [index, page] of pages.entries()) {
    const picture = isPicture(page) ? drawPage(file, index) : undefined;
    if (picture === undefined) {
      read.push(page);
      continue;
    }
    const { text, confidence } = await recogniser.recognise(picture, `${path}, page ${index + 1}`);
    const lines = tidyRecognised(text, "\ufffe").map((line) => ({ text: line, height: undefined }));
    if (lines.length === 0) read.push(page);
    else
      read.push({
        ...page,
        lines: [...page.lines.filter((line) => !isBlank(line)), ...lines],
        content: "text",
        confidence,
      });
  }
  return read;
}

function isPicture({ content, lines }: RawPage): boolean {
  if (content === "unmapped") return true;
  if (content !== "pictures") return false;
  const letters = lines.reduce((sum, { text }) => sum + text.replace(/\s/g, "").length, 0);
  return lines.every(isBlank) || letters < FEW_LETTERS;
}
