import { InputError } from "../errors.ts";
import { atCharacter } from "./character-boundary.ts";
import type { Document, Section } from "./document.ts";
import { findTables, type Table } from "./table-rows.ts";

/** A piece of a document that the reader takes in at once (FocusLLM, arXiv 2408.11745, section 2.1). */
export type Chunk = {
  /** Position of its document in the list that was asked about, from 0. */
  readonly document: number;
  /** Position in its document, from 0. */
  readonly index: number;
  /** UTF-16 offsets into the document's text. The chunks of a document tile it: no gap, no overlap. */
  readonly start: number;
  readonly end: number;
  /** (at most chunkTokens) token ids of exactly text[start, end), kept so that a join is never tokenised anew. */
  readonly tokens: Uint32Array;
  /**
   * Titles of the sections that hold the chunk's start, outermost first, joined by " > "; behind them the header of
   * the table that the chunk starts in the middle of.
   */
  readonly heading: string;
};

export type ChunkOptions = {
  readonly document: number;
  readonly chunkTokens: number;
  /** Must not add BOS and must treat special-token text as plain text. */
  readonly tokenize: (text: string) => Uint32Array;
};

/** Cuts all documents, in order. Throws InputError when there is nothing to cut. */
export function chunkDocuments(
  documents: readonly Document[],
  options: Omit<ChunkOptions, "document">,
): Chunk[] {
  const chunks = documents.flatMap((source, document) => chunkDocument(source, { ...options, document }));
  if (chunks.length > 0) return chunks;
  throw new InputError("the documents have no text", {
    code: "input.no-text",
    hint: "pages that are scans or pictures need text recognition (OCR) first",
  });
}

/** A chunk is cut back to a better boundary by at most this share of its length. */
const LATEST_CUT = 0.5;
/** First guess of the length of a token; corrected after every chunk. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * Cuts a document into chunks of at most `chunkTokens` tokens, each ending at the best boundary within reach:
 * section, paragraph, sentence, line, word; inside a word only where there is nothing else.
 */
export function chunkDocument(source: Document, options: ChunkOptions): Chunk[] {
  const { text } = source;
  const sections = [...source.sections].sort((a, b) => a.start - b.start);
  const tables = findTables(text);
  const chunks: Chunk[] = [];
  let charactersPerToken = CHARACTERS_PER_TOKEN;
  let start = 0;
  while (start < text.length) {
    const room = Math.max(1, Math.floor(options.chunkTokens * charactersPerToken));
    const { end, tokens } = cutChunk(text, { start, room, sections, tables, options });
    const heading = [headingAt(sections, start), tableAt(tables, start)?.header ?? ""]
      .filter((part) => part !== "")
      .join(" > ");
    chunks.push({ document: options.document, index: chunks.length, start, end, tokens, heading });
    charactersPerToken = Math.max(0.5, (end - start) / Math.max(1, tokens.length));
    start = end;
  }
  return chunks;
}

type Cut = {
  readonly start: number;
  /** Characters that probably fit. */
  readonly room: number;
  readonly sections: readonly Section[];
  readonly tables: readonly Table[];
  readonly options: ChunkOptions;
};

function cutChunk(
  text: string,
  { start, room, sections, tables, options }: Cut,
): { end: number; tokens: Uint32Array } {
  let reach = room;
  for (;;) {
    const reached = { start, end: Math.min(text.length, start + reach) };
    const end = atRowEnd(text, bestBoundary(text, reached, sections), { start, tables });
    const tokens = options.tokenize(text.slice(start, end));
    if (tokens.length <= options.chunkTokens || end - start <= 1) return { end, tokens };
    // Denser text than the guess: shrink in proportion, and always by something.
    reach = Math.min(
      end - start - 1,
      Math.floor(((end - start) * options.chunkTokens * 0.97) / tokens.length),
    );
    reach = Math.max(1, reach);
  }
}

type Reach = { readonly start: number; readonly end: number };

function bestBoundary(text: string, { start, end }: Reach, sections: readonly Section[]): number {
  if (end >= text.length) return text.length;
  const earliest = start + Math.ceil((end - start) * LATEST_CUT);
  const section = lastSectionIn(sections, earliest, end);
  if (section !== undefined) return section;
  const tail = text.slice(earliest, end);
  for (const boundary of [/\n[ \t]*\n\s*/gu, /[.!?…]["'”’)\]]*\s+|[。！？]/gu, /\n/gu, /\s/gu]) {
    let at: number | undefined;
    for (const match of tail.matchAll(boundary)) at = match.index + match[0].length;
    if (at !== undefined) return earliest + at;
  }
  const whole = atCharacter(text, end);
  return whole > start ? whole : end;
}

/** A row that would be cut goes to the next chunk as a whole, if the chunk began before it. */
function atRowEnd(
  text: string,
  end: number,
  { start, tables }: { readonly start: number; readonly tables: readonly Table[] },
): number {
  if (end >= text.length || tableAt(tables, end) === undefined) return end;
  const rowStart = text.lastIndexOf("\n", end - 1) + 1;
  return rowStart > start ? rowStart : end;
}

/** The table that holds the character at `offset`, but not as its first. */
function tableAt(tables: readonly Table[], offset: number): Table | undefined {
  let low = 0;
  let high = tables.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tables[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const table = tables[low - 1];
  return table !== undefined && offset < table.end ? table : undefined;
}

function lastSectionIn(sections: readonly Section[], from: number, to: number): number | undefined {
  let low = 0;
  let high = sections.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sections[middle]?.start ?? 0) <= to) low = middle + 1;
    else high = middle;
  }
  const start = sections[low - 1]?.start;
  return start !== undefined && start > from ? start : undefined;
}

function headingAt(sections: readonly Section[], offset: number): string {
  const path: Section[] = [];
  for (const section of sections) {
    if (section.start > offset) break;
    while ((path.at(-1)?.level ?? 0) >= section.level) path.pop();
    path.push(section);
  }
  return path.map((section) => section.title).join(" > ");
}
