import type { Document } from "./document.ts";

/** What stands before the base64 of a data: URL. */
const URL = /data:[\w.+-]+(?:\\?\/[\w.+-]+)?(?:;[\w=.+-]+){0,20};base64,/g;
/** Base64 as it is written in a URL, or in a JSON string; the pattern is tried again for each escape. */
const URL_DATA = /[A-Za-z0-9+/=_-]+|\\[n/]|%[0-9A-Fa-f]{2}/y;
/** Base64 of at least this many characters is a file, not text. */
const LEAST_URL_DATA = 200;
const RUN = /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{1000}[A-Za-z0-9+/_-]*={0,2}/g;
/** A line of base64, and what may follow the last whole one. */
const LINE = /(?<![^\n])[A-Za-z0-9+/]{60,78}\r?\n/g;
const LAST_LINE = /[A-Za-z0-9+/]*={0,2}/y;
const LEAST_LINES = 8;

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
  const found = [...findUrls(text), ...findRuns(text), ...findLines(text)];
  found.sort((a, b) => a.start - b.start);
  return found.filter(({ start }, i) => start >= (found[i - 1]?.end ?? 0));
}

function* findUrls(text: string): Generator<Piece> {
  for (const { 0: head, index } of text.matchAll(URL)) {
    const start = index + head.length;
    const end = endOfUrl(text, start);
    const kind = head.slice(5, head.indexOf(";")).replaceAll("\\", "");
    if (end - start >= LEAST_URL_DATA) yield pieceOf(kind, index, end);
  }
}

function endOfUrl(text: string, start: number): number {
  const pattern = new RegExp(URL_DATA);
  let end = start;
  pattern.lastIndex = start;
  while (pattern.test(text)) end = pattern.lastIndex;
  return end;
}

function* findRuns(text: string): Generator<Piece> {
  for (const { 0: data, index } of text.matchAll(RUN))
    if (looksEncoded(data)) yield pieceOf("encoded data", index, index + data.length);
}

function* findLines(text: string): Generator<Piece> {
  const last = new RegExp(LAST_LINE);
  for (const { start, end, lines } of lineRuns(text)) {
    if (lines < LEAST_LINES || !looksEncoded(text.slice(start, end))) continue;
    last.lastIndex = end;
    last.test(text);
    yield pieceOf("encoded data", start, last.lastIndex);
  }
}

/** Lines of base64 that follow one another. */
function lineRuns(text: string): { start: number; end: number; lines: number }[] {
  const runs: { start: number; end: number; lines: number }[] = [];
  for (const { 0: line, index } of text.matchAll(LINE)) {
    const run = runs.at(-1);
    const end = index + line.length;
    if (run?.end === index) Object.assign(run, { end, lines: run.lines + 1 });
    else runs.push({ start: index, end, lines: 1 });
  }
  return runs;
}

function pieceOf(kind: string, start: number, end: number): Piece {
  return { start, end, mark: `[${kind}, ${size(end - start)}, left out]` };
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
