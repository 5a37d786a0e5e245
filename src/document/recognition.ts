import type { Page } from "./document.ts";

/** Text that was recognised in a picture. */
export type Recognised = {
  /** Lines, a blank line between paragraphs. */
  readonly text: string;
  /** Mean over its words, in per cent. */
  readonly confidence: number;
};

/** Recognises text in pictures; see src/ocr. */
export type Recogniser = {
  /** Name and version of what recognises; another may give another text. */
  readonly engine: string;
  /** Of what is recognised; another choice gives another text. */
  readonly languages: readonly string[];
  /** Tells how many pictures of a document follow, before the first. */
  readonly announce: (path: string, pictures: number) => void;
  /** Takes a PNG, JPEG, WebP, TIFF, BMP or PNM file. Throws InputError for a damaged one, or the signal's reason. */
  readonly recognise: (picture: Uint8Array, name: string) => Promise<Recognised>;
};

/** Below so many per cent, a page is worth a look of its own. */
const DOUBTFUL = 75;

/** One sentence about pages whose text was recognised, with how sure that is; none where there are no such pages. */
export function describeRecognised(all: readonly Page[]): string[] {
  const pages = all.flatMap(({ number, confidence }) =>
    confidence === undefined ? [] : [{ number, confidence }],
  );
  if (pages.length === 0) return [];
  const mean = Math.round(pages.reduce((sum, { confidence }) => sum + confidence, 0) / pages.length);
  const doubtful = pages.filter(({ confidence }) => confidence < DOUBTFUL);
  const shares = doubtful.map(({ number, confidence }) => `page ${number} ${Math.round(confidence)} %`);
  const least = shares.length === 0 ? "" : `, least sure: ${shares.join(", ")}`;
  const what = pages.length === 1 ? "1 page" : `${pages.length} pages`;
  return [`the text of ${what} was recognised from pictures and may have errors (${mean} % sure${least})`];
}

/** Lines of recognised text; `mark` joins the halves of a word that a line's end broke. */
export function tidyRecognised(text: string, mark: string): string[] {
  const joined = text.normalize("NFC").replace(/(\p{Ll})[-‐]\n(?=\p{Ll})/gu, `$1${mark}`);
  const lines = joined.split("\n").map((line) => line.trimEnd());
  const tidy = lines.filter((line, i) => line !== "" || (i > 0 && lines[i - 1] !== ""));
  const first = tidy.findIndex((line) => line !== "");
  return first === -1 ? [] : tidy.slice(first, tidy.findLastIndex((line) => line !== "") + 1);
}
