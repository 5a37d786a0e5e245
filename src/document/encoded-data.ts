import type { Document } from "./document.ts";

/** Base64 of at least this many characters is a file, not text. */
const URL =
  /data:[\w.+-]+(?:\\?\/[\w.+-]+)?(?:;[\w=.+-]+)*;base64,((?:[A-Za-z0-9+/=_-]|\\[n/]|%[0-9A-Fa-f]{2}){200,})/g;
const RUN = /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{1000,}={0,2}/g;
const LINES = /(?<![^\n])(?:[A-Za-z0-9+/]{60,78}\r?\n){8,}[A-Za-z0-9+/]*={0,2}/g;

type Piece = { readonly start: number; readonly end: number; readonly mark: string };

/** The document without encoded files (pictures as data: URLs, base64), each marked where it was and counted. */
export function dropEncodedData(document: Document): Document {
  const pieces = findPieces(document.text);
  if (pieces.length === 0) return document;
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, mark } of pieces) {
    parts.push(document.text.slice(from, start), mark);
    from = end;
  }
  const text = parts.join("") + document.text.slice(from);
  const moved = (offset: number): number => moveOffset(pieces, offset);
  const dropped = pieces.reduce((sum, { start, end }) => sum + end - start, 0);
  const what = pieces.length === 1 ? "1 piece" : `${pieces.length} pieces`;
  return {
    ...document,
    text,
    pages: document.pages.map((page) => {
      const [start, end] = [moved(page.start), moved(page.end)];
      return { ...page, start, end, characters: text.slice(start, end).replace(/\s+/g, "").length };
    }),
    sections: document.sections.map((section) => ({ ...section, start: moved(section.start) })),
    warnings: [...document.warnings, `${what} of encoded data (${size(dropped)}) left out of the text`],
  };
}

function findPieces(text: string): Piece[] {
  const found: Piece[] = [];
  for (const [pattern, isUrl] of [
    [URL, true],
    [RUN, false],
    [LINES, false],
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      const data = match[0];
      if (!isUrl && !looksEncoded(data)) continue;
      const kind = isUrl ? data.slice(5, data.indexOf(";")).replaceAll("\\", "") : "encoded data";
      const mark = `[${kind}, ${size(data.length)}, left out]`;
      found.push({ start: match.index, end: match.index + data.length, mark });
    }
  }
  found.sort((a, b) => a.start - b.start);
  return found.filter(({ start }, i) => start >= (found[i - 1]?.end ?? 0));
}

/** Base64 mixes capitals, small letters and digits; genes, numbers and rules of dashes do not. */
function looksEncoded(data: string): boolean {
  const head = data.slice(0, 1000);
  return [/[A-Z]/g, /[a-z]/g, /\d/g].every((kind) => (head.match(kind)?.length ?? 0) > 20);
}

/** An offset inside a dropped piece moves to the mark's beginning. */
function moveOffset(pieces: readonly Piece[], offset: number): number {
  let shift = 0;
  for (const { start, end, mark } of pieces) {
    if (offset <= start) break;
    if (offset < end) return start + shift;
    shift += mark.length - (end - start);
  }
  return offset + shift;
}

function size(characters: number): string {
  return characters < 1000 ? `${characters} characters` : `${Math.round(characters / 1000)} kB`;
}
