import type { Chunk } from "../../document/chunk.ts";
import type { Document } from "../../document/document.ts";
import type { Span } from "../../document/sentences.ts";
import { cellsAt } from "../../kv/state/open-state.ts";
import type { Unpacked } from "../../kv/state/packed-state.ts";
import { giveCells, giveState, type Holder } from "../../kv/store/transfer.ts";
import type { Tokenizer } from "../../model/language-model.ts";

/** Neighbouring tokens of a chunk, as they were read in it. */
export type ChunkPart = {
  readonly chunk: Chunk;
  /** Indexes into the chunk's tokens; `end` is exclusive. */
  readonly from: number;
  readonly end: number;
};

export function wholeChunk(chunk: Chunk): ChunkPart {
  return { chunk, from: 0, end: chunk.tokens.length };
}

/** Space before a word is part of that word's token. */
const SPACES_AT_END = /[ \t]+$/u;

/** What parts are cut with. */
export type PartInput = {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  /** What the chunks were cut with. */
  readonly tokenizer: Pick<Tokenizer, "tokenize">;
};

/** A chunk, by its index, and a span of its document's text. */
export type ChunkSpan = { readonly chunk: number; readonly quote: Span };

/** (nSpans) what each span has of its chunk: as many tokens as the text before its end has more than the text before it; at least one. */
export function partsOf(
  spans: readonly ChunkSpan[],
  { documents, chunks, tokenizer }: PartInput,
): ChunkPart[] {
  return spans.map(({ chunk: index, quote }) => {
    const chunk = chunks[index];
    const text = documents[chunk?.document ?? -1]?.text;
    if (chunk === undefined || text === undefined) throw new Error(`there is no chunk ${index}`);
    const before = (offset: number): number => {
      const own = text.slice(chunk.start, Math.max(chunk.start, Math.min(chunk.end, offset)));
      return Math.min(chunk.tokens.length, tokenizer.tokenize(own.replace(SPACES_AT_END, "")).length);
    };
    const from = Math.min(before(quote.start), chunk.tokens.length - 1);
    return { chunk, from, end: Math.max(from + 1, before(quote.end)) };
  });
}

/** Makes a sequence hold the prefix and a part of the rows, [prefix][chunk], of its chunk. */
export async function givePart(
  rows: Unpacked,
  { chunk, from, end, nPrefix }: ChunkPart & { readonly nPrefix: number },
  holder: Holder,
): Promise<void> {
  if (end - from === chunk.tokens.length) return giveState(rows, holder);
  const cells = [cellsAt(rows.state, 0, nPrefix), cellsAt(rows.state, nPrefix + from, nPrefix + end)];
  await giveCells(rows, Uint32Array.from(cells.flatMap((some) => [...some])), holder);
}
