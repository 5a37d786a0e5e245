import { InputError } from "../../errors.ts";
import type { Document } from "../document.ts";
import { describeRecognised, type Recogniser, tidyRecognised } from "../recognition.ts";

/**
 * The text that is recognised in a picture, as a document of one page.
 * @throws InputError when there is nothing to recognise it with, no text in it, or it is damaged.
 */
export async function parseImage(
  bytes: Uint8Array,
  path: string,
  { recogniser }: { readonly recogniser?: Recogniser | undefined },
): Promise<Document> {
  if (recogniser === undefined)
    throw new InputError(`${path}: is a picture, whose text has to be recognised first`, {
      code: "input.no-text",
      hint: "`focus ocr pull eng` installs that for English, once; with --ocr off it stays off",
    });
  recogniser.announce(path, 1);
  const { text: found, confidence } = await recogniser.recognise(bytes, path);
  const text = tidyRecognised(found, "").join("\n");
  if (text === "")
    throw new InputError(`${path}: no text was recognised in the picture`, { code: "input.no-text" });
  const characters = text.replace(/\s+/g, "").length;
  const pages = [{ number: 1, label: undefined, start: 0, end: text.length + 1, characters, confidence }];
  return {
    path,
    format: "image",
    title: undefined,
    text: `${text}\n`,
    pages,
    sections: [],
    warnings: describeRecognised(pages),
  };
}
